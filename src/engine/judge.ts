// From a history to a judgement: oracles, arming, figures.

import { handshakeEnds, type HandshakeEnd } from '#history/facts.ts'
import type { History } from '#history/history.ts'
import { sha256 } from '#history/text.ts'
import { judgeArming, untouchedFaults } from '#oracle/arming.ts'
import { judge, outcomeOf } from '#oracle/panel.ts'
import { tooBusy } from '#oracle/real-time.ts'
import type { Told } from './aftermath.ts'
import { degradationOf } from './degradation.ts'
import type { Judged, PhaseStats } from './run-result.ts'
import { eventCounts, phaseStats } from './stats.ts'

export function judgeRun(
  { history, text }: Told,
  notOffered: readonly string[],
  nominal: readonly PhaseStats[],
): Judged {
  const verdicts = judge(history)
  const arming = judgeArming(history)
  const { outcome, because } = believable(history, outcomeOf(verdicts, arming))
  return {
    kind: 'judged',
    header: history.header,
    outcome,
    because,
    verdicts,
    arming,
    phases: phaseStats(history),
    degradation: degradationOf(history),
    nominal,
    withoutFaults: false,
    notOffered,
    ...connectionsOf(history),
    counts: eventCounts(history),
    untouched: untouchedFaults(history),
    historySha256: sha256(text),
  }
}

function connectionsOf(history: History): Pick<Judged, 'untraced' | 'handshakes'> {
  if (history.header.transport === 'virtual') return {}
  let untraced = 0
  for (const { operation } of history.each('exchange.sent')) if (operation === null) untraced += 1
  const ended = history.all('handshake.failed').map(({ how }) => how)
  if (ended.length === 0) return { untraced }
  const counts = handshakeEnds.map((how) => [how, ended.filter((one) => one === how).length])
  return { untraced, handshakes: Object.fromEntries(counts) as Record<HandshakeEnd, number> }
}

type Judgement = ReturnType<typeof outcomeOf>

function believable(history: History, judgement: Judgement): Judgement {
  const because = judgement.outcome === 'fail' ? tooBusy(history) : null
  return because === null ? judgement : { outcome: 'inconclusive', because }
}

/** A client that fails without any fault cannot be judged under one. `null` when the twin is healthy. */
export function judgeNominal({ history, text }: Told, notOffered: readonly string[]): Judged | null {
  const verdicts = judge(history)
  const failed = verdicts.filter(({ verdict }) => verdict === 'fail' || verdict === 'error')
  const unhappy = history.all('operation.error').length + history.all('operation.unknown').length
  const cancelled = history.all('operation.cancelled').length
  if (failed.length === 0 && unhappy <= cancelled) return null
  const why = [...(failed[0] ? [`${failed[0].oracle} fails`] : []), ...commonError(history)].join('; ')
  return {
    kind: 'judged',
    header: history.header,
    outcome: 'inconclusive',
    because: tooBusy(history) ?? `The client fails without any fault: ${why}. An incident can prove nothing about it.`,
    verdicts,
    arming: judgeArming(history),
    phases: phaseStats(history),
    degradation: degradationOf(history),
    withoutFaults: true,
    notOffered,
    ...connectionsOf(history),
    counts: eventCounts(history),
    untouched: [],
    historySha256: sha256(text),
  }
}

/** What most operations ended in: usually one mistake in the client, and then the whole reason. Messages that differ in their
 * ids and numbers only are one. */
function commonError(history: History): string[] {
  const errors = history.all('operation.error').map(({ error }) => `${error.name}: ${error.message}`)
  const [same] = [...Map.groupBy(errors, withoutIds).values()].toSorted((one, other) => other.length - one.length)
  const [text] = same ?? []
  if (!same || text === undefined) return []
  const how = same.every((other) => other === text) ? 'in' : 'like'
  return [`${same.length} of ${history.count('operation.invoked')} operations ended ${how} "${text}"`]
}

/** A word with a digit in it is an id, a time or an amount, unless it is a status. */
function withoutIds(message: string): string {
  return message.replaceAll(/[\w-]+(?:(?<=\d)[.:][\w-]+)*/gu, (word) =>
    /\d/u.test(word) && !/^[1-5]\d\d$/u.test(word) ? '#' : word,
  )
}
