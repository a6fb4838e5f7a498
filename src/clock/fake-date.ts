// `Date` and the "now" of `Intl.DateTimeFormat` on virtual time. Dates stay the real thing (`instanceof`, subclassing and
// `structuredClone` work): only what asks for the present is answered by the timeline.

import type { Patches } from '#context/patches.ts'
import type { Timeline } from './timeline.ts'

const RealDate = Date

export function createDate(timeline: Timeline): DateConstructor {
  const now = (): number => timeline.epochMs()
  return new Proxy(RealDate, {
    construct: (target, values, self) =>
      Reflect.construct(target, values.length === 0 ? [now()] : values, self) as Date,
    apply: () => new RealDate(now()).toString(),
    get: (target, key, self) => (key === 'now' ? now : (Reflect.get(target, key, self) as unknown)),
  })
}

export function fakeDate(patches: Patches, timeline: Timeline, date: DateConstructor): void {
  patches.replace(globalThis, 'Date', date)
  patches.replace(RealDate.prototype, 'constructor', date)
  const formatting = Intl.DateTimeFormat.prototype
  const realFormat = Object.getOwnPropertyDescriptor(formatting, 'format')?.get as () => Intl.DateTimeFormat['format']
  const realFormatToParts = formatting.formatToParts
  patches.replaceGetter(formatting, 'format', function format(this: Intl.DateTimeFormat) {
    const bound = realFormat.call(this)
    return (value?: Date | number) => bound(value ?? timeline.epochMs())
  })
  patches.replace(
    formatting,
    'formatToParts',
    function formatToParts(this: Intl.DateTimeFormat, value?: Date | number) {
      return realFormatToParts.call(this, value ?? timeline.epochMs())
    },
  )
}
