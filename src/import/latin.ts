// Letters with marks become those that names are made of: `Café` is `Cafe`.

const whole: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
}

export function withoutMarks(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[ßæÆœŒøØłŁ]/gu, (letter) => whole[letter] ?? letter)
}
