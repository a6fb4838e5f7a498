// What the programs of a client printed for people, as text for a file beside the reports: without tokens, and without anything that
// acts on a terminal.

import { plainText } from '#context/foreign-text.ts'
import { endDrivers, type KeptLog } from '#client/driver/roster.ts'

/** Ends every program that the run has started. Empty when none printed anything. */
export async function endPrograms(secrets: readonly string[], ofRedis = ''): Promise<string> {
  const ofClient = logText(await endDrivers(), secrets)
  const own = ofRedis === '' ? '' : `=== redis\n${concealed(ofRedis, secrets)}\n`
  return [ofClient, own].filter((text) => text !== '').join('\n')
}

export function logText(logs: readonly KeptLog[], secrets: readonly string[]): string {
  return logs.map(({ instance, life, text }) => `${title(instance, life)}\n${concealed(text, secrets)}\n`).join('\n')
}

function title(instance: number | null, life: number): string {
  if (instance === null) return '=== before it was a client'
  return `=== process ${instance}${life === 0 ? '' : `, after restart ${life}`}`
}

function concealed(text: string, secrets: readonly string[]): string {
  const without = secrets.reduce((told, secret) => (secret === '' ? told : told.replaceAll(secret, '[secret]')), text)
  return without.split('\n').map(plainText).join('\n').trimEnd()
}
