// What becomes of one notification under all faults that disturb it.

import type { Disturbance } from '#fault/fault.ts'
import type { Disturbed } from '#fault/plan.ts'

type Forging = Extract<Disturbance, { kind: 'forge' }>

export type Delivery = {
  /** When each copy is sent: none when it is dropped. */
  readonly sendAt: readonly number[]
  readonly forgeries: readonly { readonly signature: Forging['signature']; readonly at: number }[]
}

/** Delays add up, whatever drops it wins, and each fault repeats what the first delivery would have been. Who forges needs
 * no delivery: he sends when the first one would come. */
export function sumOf(disturbed: readonly Disturbed[], at: number): Delivery {
  let first = at
  let dropped = false
  for (const { disturbance } of disturbed) {
    if (disturbance.kind === 'delay') first += disturbance.ms
    if (disturbance.kind === 'drop') dropped = true
  }
  const sendAt = dropped ? [] : [first]
  const forgeries: { signature: Forging['signature']; at: number }[] = []
  for (const { disturbance } of disturbed) {
    if (disturbance.kind === 'forge') forgeries.push({ signature: disturbance.signature, at: first })
    if (disturbance.kind !== 'repeat' || dropped) continue
    for (let copy = 1; copy <= disturbance.times; copy += 1) sendAt.push(first + copy * disturbance.afterMs)
  }
  return { sendAt, forgeries }
}
