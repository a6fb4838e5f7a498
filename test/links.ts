// The links of a page that lead to other files of ours, or to a heading.

const withoutCode = (text: string) => text.replaceAll(/^```[^]*?^```/gmu, '').replaceAll(/`[^`\n]*`/gu, '')

export function linksIn(page: string): readonly string[] {
  const links = Array.from(withoutCode(page).matchAll(/\]\(([^)\s]+)\)/gu), ([, link = '']) => link)
  return links.filter((link) => !/^[a-z]+:/u.test(link))
}
