// Quantities as people write them in a scenario, and back. Each unit is a zod type: text on the input side (so that the JSON
// Schema is a string with a pattern, which editors check), a number in the harness's own unit on the output side.

import assert from 'node:assert/strict'
import { z } from 'zod'
import { parseDuration } from '#clock/instant.ts'

// At most nine digits, so that no text overflows to infinity.
const amount = String.raw`\d{1,9}(?:\.\d{1,6})?`

/** `20s`, `250ms`, `1h30m` to milliseconds. */
export const durationMs = unit({
  name: 'duration',
  pattern: new RegExp(`^(?:${amount}(?:ms|[smhd]))+$`, 'u'),
  examples: ['20s', '250ms', '1h30m'],
  read: (text) => parseDuration(text) ?? Number.NaN,
})

/** A duration that is not nothing; `error` says why nothing makes no sense. */
export function positiveMs(error: string) {
  return durationMs.refine((duration) => duration > 0, { error })
}

/** `1/s`, `12/min`, `90/h` to events per second. */
export const ratePerSecond = unit({
  name: 'rate',
  pattern: new RegExp(`^${amount}/(?:s|min|h)$`, 'u'),
  examples: ['1/s', '12/min', '90/h'],
  read: (text) => {
    const [count, per] = text.split('/')
    return Number(count) / (per === 's' ? 1 : per === 'min' ? 60 : 3_600)
  },
})

/** `25%` to 0.25; from 0% to 100%. */
export const share = unit({
  name: 'share',
  pattern: /^(?:100(?:\.0{1,6})?|\d{1,2}(?:\.\d{1,6})?)%$/u,
  examples: ['25%', '0.5%', '100%'],
  read: (text) => Number(text.slice(0, -1)) / 100,
})

type Unit = {
  readonly name: string
  readonly pattern: RegExp
  readonly examples: readonly [string, string, string]
  readonly read: (text: string) => number
}

function unit({ name, pattern, examples, read }: Unit) {
  const [first, second, third] = examples.map((example) => `"${example}"`)
  const suchAs = `${first}, ${second} or ${third}`
  const error = ({ input }: { input?: unknown }): string =>
    input === undefined
      ? `a ${name} is needed here, such as ${suchAs}`
      : `${quote(input)} is not a ${name} such as ${suchAs}`
  return z
    .string({ error })
    .regex(pattern, { error })
    .meta({ description: `A ${name}, such as ${suchAs}.`, examples: [...examples] })
    .transform((text) => {
      const value = read(text)
      assert(Number.isFinite(value), `The pattern of a ${name} let ${text} through.`)
      return value
    })
}

function quote(input: unknown): string {
  const text = JSON.stringify(input) ?? String(input)
  return text.length > 60 ? `${text.slice(0, 60)}...` : text
}

/** 0.25 to `25%`. */
export function formatShare(value: number): string {
  return `${Number((value * 100).toFixed(4))}%`
}

/** 0.2 to `12 per minute`: in the largest unit that gives at least one. */
export function formatRate(perSecond: number): string {
  if (perSecond >= 1 || perSecond === 0) return `${tidy(perSecond)} per second`
  if (perSecond * 60 >= 1) return `${tidy(perSecond * 60)} per minute`
  return `${tidy(perSecond * 3_600)} per hour`
}

function tidy(value: number): number {
  return Number(value.toFixed(2))
}
