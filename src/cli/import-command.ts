// `import`: writes the skeleton of a scenario from what is written about an incident. What it took for granted and what it did not use is told on the
// error stream, too, because the scenario may be piped away.

import { existsSync } from 'node:fs'
import { basename, dirname, extname, isAbsolute, resolve } from 'node:path'
import { parseInstant } from '#clock/instant.ts'
import { plainText } from '#context/foreign-text.ts'
import { quoteWord } from '#context/shell-word.ts'
import { UserError } from '#context/user-error.ts'
import { unwritable, writeWhole } from '#context/whole-file.ts'
import { firstYear, lastYear } from '#import/calendar.ts'
import { importScenario, type Imported, type ImportOptions, type Format } from '#import/import-scenario.ts'
import { zoneAt, type Zone } from '#import/zones.ts'
import { createDirectory } from '#report/write.ts'
import { readText, showPath } from '#scenario/files.ts'
import { grouped } from '#import/notes.ts'
import { findConfig } from '#config/find-config.ts'
import type { ImportFlags } from './import-flags.ts'
import { isOwnRepository, startFrom } from './reproduce.ts'
import { checkFilled, checkLocal } from './select.ts'
import { complain, print } from './terminal.ts'

const writing = { what: 'the scenario', hint: 'Choose another place with --out.' }

export async function importCommand(format: Format, file: string, flags: ImportFlags): Promise<void> {
  const cwd = process.cwd()
  const out = flags.out === undefined ? undefined : resolve(cwd, checkFilled('--out', flags.out))
  if (out !== undefined) checkFree(out, flags)
  const path = resolve(cwd, checkLocal(file))
  const shown = showPath(path, cwd)
  const text = readText(path, shown, 'document to import')
  const imported = importScenario(format, text, isAbsolute(shown) ? basename(shown) : shown, optionsOf(flags))
  if (out === undefined) print(imported.text)
  else {
    await createDirectory(dirname(out)).catch((error: unknown) => {
      throw unwritable(showPath(out, cwd), error, writing)
    })
    writeWhole(out, imported.text, writing)
    print(plainText(`${showPath(out, cwd)}: written.`))
  }
  complain(plainText(told(imported, flags.quiet).join('\n')))
  complain(plainText(next(imported.name, out === undefined ? null : showPath(out, cwd), cwd)))
}

/** Before the document is read: what somebody has worked on is worth more than a skeleton. */
function checkFree(out: string, { out: shown = '', force }: ImportFlags): void {
  if (force || !existsSync(out)) return
  throw new UserError(`"${shown}" is there already.`, { hint: 'Name another file, or replace it with --force.' })
}

const nameOfScenario = /^[a-z0-9][A-Za-z0-9-]{0,59}$/u

/** A scenario is called what its file is called, so that the name it is asked for by is the one that reports have. */
function nameOfFile(out: string): string | undefined {
  const name = basename(out, extname(out))
  return nameOfScenario.test(name) ? name : undefined
}

function optionsOf({ date, zone, url, name, out }: ImportFlags): ImportOptions {
  if (date !== undefined && (!/^\d{4}-\d{2}-\d{2}$/u.test(date) || parseInstant(`${date} 00:00Z`) === undefined))
    throw new UserError(`--date ${date} is no day.`, { hint: 'Write it as 2026-04-27.' })
  if (date !== undefined && (date < `${firstYear}` || date >= `${lastYear + 1}`))
    throw new UserError(`--date ${date} is not in the years from ${firstYear} to ${lastYear}.`)
  if (name !== undefined && !nameOfScenario.test(name))
    throw new UserError(`--name ${name} cannot be the name of a scenario.`, {
      hint: 'It is a word of letters, digits and dashes that starts with a small letter or a digit.',
    })
  if (url !== undefined && !/^https?:\/\/[^\s\p{Cc}]{1,500}$/u.test(url))
    throw new UserError(`--url ${url} is no address.`, { hint: 'It starts with https:// or http://.' })
  const called = name ?? (out === undefined ? undefined : nameOfFile(out))
  return {
    ...(date !== undefined && { date }),
    ...(zone !== undefined && { zone: zoneOf(zone) }),
    ...(url !== undefined && { url }),
    ...(called !== undefined && { name: called }),
  }
}

function zoneOf(written: string): Zone {
  const zone = zoneAt(written)
  if (zone && zone.length === written.length && zone.minutes !== null) return { name: zone.name, minutes: zone.minutes }
  const what = zone ? 'means several time zones' : 'is no time zone that is known'
  throw new UserError(`--zone ${written} ${what}.`, {
    hint: 'Write UTC, an offset as +10:00, or PDT, AEST and the like.',
  })
}

function told({ name, facts, faults, assumed, unused }: Imported, quiet: boolean): readonly string[] {
  const dated = facts === 1 ? 'one dated fact' : `${facts} dated facts`
  const head = `Imported ${name} from ${dated}; proposed faults: ${faults.join(', ')}. Confirm each before you trust it.`
  if (quiet) {
    return [
      head,
      `Its comments list what was taken for granted (${assumed.length}) and what was not used (${unused.length}).`,
    ]
  }
  const list = (title: string, items: readonly string[]): readonly string[] =>
    items.length === 0 ? [] : [title, ...items.map((item) => `- ${item}`)]
  return [
    head,
    ...list('Taken for granted:', assumed),
    ...list(`Not used (${unused.length}; the comments of the scenario have each):`, grouped(unused)),
  ]
}

/** Who is to play it is known where a config says so, and in a checkout. */
function next(name: string, file: string | null, cwd: string): string {
  const { here } = startFrom(cwd)
  if (file === null) return `Next: the same with --out scenarios/${name}.yaml, which then is found by its name.`
  const typed = quoteWord(file)
  const client = isOwnRepository(cwd) || findConfig(cwd) !== null ? '' : ' --client ./client.ts'
  return `Next: ${here} validate ${typed}\n      ${here} run ${typed}${client}`
}
