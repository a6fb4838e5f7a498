// Texts that people would write. The token at the end makes each of them one piece of business.

import type { Prng } from '#random/prng.ts'
import { firstNames, lastNames } from '../seed-names.ts'
import { ticketTitles } from '../seed-texts.ts'

const replies = [
  'Thank you for your patience. The change is live now, please try again.',
  'I have passed this to our billing team and they will write to you today.',
  'Could you send me the address of the page where you see this?',
  'Good news: the export is finished and waiting in your inbox.',
  'You can invite colleagues under Settings, People. Tell me if it does not work.',
  'We found the cause and a fix is on its way. Sorry for the trouble.',
] as const

const openings = [
  'Hello, I cannot find where to download my invoices.',
  'Since yesterday our reports are empty. Is something wrong?',
  'How do I change the owner of our account?',
  'I was charged twice this month, can you check?',
  'Is there a way to pause our subscription over the summer?',
] as const

const notes = [
  'Called back, prefers to be reached in the morning.',
  'Asked for the annual plan, send an offer next week.',
  'Is the one to talk to about the migration.',
  'Had trouble with single sign-on, solved together with their IT.',
] as const

const announcements = [
  'The maintenance you asked about is tonight between two and four.',
  'Your new plan is active. Nothing changes for your colleagues.',
  'We have shipped what you asked for last month, have a look.',
] as const

export function announcementText(random: Prng): string {
  return random.pick(announcements)
}

export function ticketTitle(random: Prng): string {
  return random.pick(ticketTitles)
}

export function replyText(random: Prng): string {
  return random.pick(replies)
}

export function openingText(random: Prng): string {
  return random.pick(openings)
}

export function noteText(random: Prng): string {
  return random.pick(notes)
}

export function personName(random: Prng): string {
  return `${random.pick(firstNames)} ${random.pick(lastNames)}`
}
