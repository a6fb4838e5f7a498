// A tar archive by the layout of POSIX.1-1988 (ustar): what is put into a container before it starts. A folder of it may be written to by everybody, so
// that a volume serves programs that are not root.

const block = 512

/** Folders are told by a slash at the end of their names. */
export function archiveOf(entries: Readonly<Record<string, string>>): Buffer {
  const parts = Object.entries(entries).flatMap(([name, text]) => {
    const bytes = Buffer.from(text)
    const padding = Buffer.alloc((block - (bytes.length % block)) % block)
    return [headerOf(name, bytes.length), bytes, padding]
  })
  // Two empty blocks are its end.
  return Buffer.concat([...parts, Buffer.alloc(2 * block)])
}

function headerOf(name: string, size: number): Buffer {
  const header = Buffer.alloc(block)
  const isFolder = name.endsWith('/')
  const fields = [
    [0, name],
    [100, isFolder ? '0001777\0' : '0000644\0'],
    [108, '0000000\0'],
    [116, '0000000\0'],
    [124, `${size.toString(8).padStart(11, '0')}\0`],
    [136, '00000000000\0'],
    // The checksum is taken with blanks in its own place.
    [148, '        '],
    [156, isFolder ? '5' : '0'],
    [257, 'ustar\u000000'],
  ] as const
  for (const [at, text] of fields) header.write(text, at, 'latin1')
  const sum = header.reduce((all, byte) => all + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}
