// A card for each failure: what happened, why it is believed, what to change, and the story of its witness.

import { oracles } from '#oracle/catalog.ts'
import type { Story } from '#scene/story.ts'
import { evidenceOf } from '../console-card.ts'
import { othersInWords, titleOf } from '../quantity.ts'
import type { ReportedVerdict } from '../report-schema.ts'
import { waivedInWords, wordOf } from '../waived.ts'
import { html, type Markup } from './markup.ts'
import { measureList, wouldPassAt } from './measure.ts'
import type { Placed } from './names.ts'
import type { Told } from './told.ts'
import { storyTable } from './story-table.ts'
import { thresholdTable } from './thresholds.ts'
import { mark } from './verdict-mark.ts'
import { cut, foreign, withCode } from './words.ts'

type Failure = Extract<ReportedVerdict, { verdict: 'fail' }>
type Broken = Extract<ReportedVerdict, { verdict: 'error' }>

export function failureCards(all: readonly Placed[], told: Told): Markup | null {
  const cards = all.flatMap(({ verdict, id, index }) => {
    if (verdict.verdict === 'fail') return [failureCard(verdict, id, told, told.result.scene?.stories[index] ?? null)]
    return verdict.verdict === 'error' ? [brokenCard(verdict, id)] : []
  })
  if (cards.length === 0) return null
  return html`<section aria-labelledby="failures">
    <h2 id="failures">What went wrong</h2>
    ${cards}
  </section>`
}

function failureCard(verdict: Failure, id: string, told: Told, story: Story | null): Markup {
  return html`<article class="card ${wordOf(verdict)}" id="${id}" aria-labelledby="${id}-title">
    <header>
      ${mark(wordOf(verdict))}
      <h3 id="${id}-title">${foreign(titleOf(verdict))}</h3>
      <span class="tags">${verdict.family}${verdict.required && ', required by the scenario'}</span>
      <a class="anchor" href="#${id}" aria-label="Link to ${titleOf(verdict)}">#</a>
    </header>
    <p class="sentence">${foreign(verdict.sentence)} ${othersInWords(verdict.violations)}</p>
    ${verdict.waived && html`<p class="waiver">${foreign(waivedInWords(verdict.waived))}</p>`}
    <p class="advice"><strong>What to change</strong> ${withCode(verdict.hint)}</p>
    ${measureList(verdict)} ${reasons(verdict, told)} ${story && storyOf(story, id, told)}
    ${definition(verdict.oracle, told)}
  </article>`
}

/** Why it is believed. */
function reasons(verdict: Failure, { run }: Told): Markup | null {
  const phrases = [...evidenceOf(verdict, run).map(asSentence), wouldPassAt(verdict)].filter((text) => text !== '')
  return phrases.length === 0
    ? null
    : html`<ul class="reasons">
        ${phrases.map((text) => html`<li>${cut(text)}</li>`)}
      </ul>`
}

function asSentence(phrase: string): string {
  return `${phrase.slice(0, 1).toUpperCase()}${phrase.slice(1)}.`
}

function storyOf(story: Story, id: string, told: Told): Markup {
  return html`<figure class="story" data-story="${id}">
    <figcaption>The witness <button type="button" data-show="${id}">show this time in the chart</button></figcaption>
    <div class="lanes"></div>
    <details>
      <summary>The witness as a table</summary>
      ${storyTable(story, told)}
    </details>
  </figure>`
}

function definition(oracle: string, { result }: Told): Markup | null {
  const known = oracles.get(oracle)
  return html`<details class="rule">
    <summary>The rule, and where its numbers come from</summary>
    ${known && html`<p><strong>Verified.</strong> ${withCode(known.verified)} <strong>Not verified.</strong> ${withCode(known.notVerified)}</p>`}
    ${thresholdTable(oracle, result.header.thresholds)}
  </details>`
}

function brokenCard({ oracle, about, message }: Broken, id: string): Markup {
  return html`<article class="card error" id="${id}" aria-labelledby="${id}-title">
    <header>
      ${mark('error')}
      <h3 id="${id}-title">${foreign(titleOf({ oracle, ...(about !== undefined && { about }) }))}</h3>
    </header>
    <p class="sentence">The oracle broke: ${foreign(message)}</p>
    <p>This is a mistake of the harness, not of the client.</p>
  </article>`
}
