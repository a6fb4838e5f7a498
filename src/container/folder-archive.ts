// A tar archive that holds one empty folder which everybody may write to: how a volume becomes writable for a program that is not root.

const block = 512

/** By the layout of POSIX.1-1988 (ustar); two empty blocks are its end. */
export function folderArchive(name: string): Buffer {
  const header = Buffer.alloc(3 * block)
  const fields = [
    [0, `${name}/`],
    [100, '0001777\0'],
    [108, '0000000\0'],
    [116, '0000000\0'],
    [124, '00000000000\0'],
    [136, '00000000000\0'],
    // The checksum is taken with blanks in its own place.
    [148, '        '],
    [156, '5'],
    [257, 'ustar\u000000'],
  ] as const
  for (const [at, text] of fields) header.write(text, at, 'latin1')
  const sum = header.subarray(0, block).reduce((all, byte) => all + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}
