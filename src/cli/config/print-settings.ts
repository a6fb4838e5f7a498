// --print-config: every setting of a command, what it is, and who says so.

import { oneLine } from '#context/foreign-text.ts'
import { alignColumns } from '#report/layout.ts'
import type { Told } from './settings.ts'

export function settingsText(told: readonly Told[]): string {
  const rows = told.map(({ setting, scenario, value, source }) => [
    oneLine(scenario === undefined ? setting : `${scenario}: ${setting}`),
    oneLine(shown(value)),
    oneLine(source),
  ])
  return alignColumns([['setting', 'value', 'from'], ...rows], ['left', 'left', 'left']).join('\n')
}

export function settingsJson(told: readonly Told[]): string {
  return JSON.stringify(
    told.map(({ value, ...rest }) => ({ ...rest, value: value ?? null })),
    null,
    2,
  )
}

function shown(value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return '-'
  return Array.isArray(value) ? value.join(', ') : String(value)
}
