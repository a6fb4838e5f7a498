// What the page tells about: today's components, and those that it had from 2019 to 2022, when some stood in groups.

export const usualComponents: readonly string[] = [
  'REST API (US)',
  'REST API (Europe)',
  'REST API (Australia)',
  'Messenger',
  'Inbox',
  'Fin',
  'Webhooks',
  'Message delivery',
  'Email',
  'Chats and Posts',
  'Mobile Push',
  'Admin notifications',
  'Web Messenger',
  'Mobile Messenger',
  'Web Application',
  'APIs',
  'Mobile APIs',
]

const groups: Readonly<Record<string, readonly string[]>> = {
  'Message delivery': ['Email', 'Chats and Posts', 'Mobile Push', 'Admin notifications'],
  Messenger: ['Web Messenger', 'Mobile Messenger'],
}

/** The components of a group; `undefined` for a component that is none. */
export function membersOf(name: string): readonly string[] | undefined {
  return Object.hasOwn(groups, name) ? groups[name] : undefined
}

export function groupOf(name: string): string | undefined {
  return Object.keys(groups).find((group) => groups[group]?.includes(name))
}
