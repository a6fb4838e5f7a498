import { testOracle } from '../../test/judging.ts'
import { minute, startMs, type Story } from '../../test/history-builder.ts'
import { crowded, paced } from '../../test/stories/load.ts'

const windowMs = 10_000

type Sent = Partial<Parameters<Story['attempt']>[1]>

/** Twenty requests in each of these windows, of which the first so many are refused; with `null` no answer tells the limit. */
function windows(story: Story, numbers: readonly number[], refused = 20, facts: Sent | null = {}): void {
  for (const window of numbers)
    for (let nth = 0; nth < 20; nth += 1) {
      const at = 20 * minute + window * windowMs + nth * 450
      const ends = nth < refused ? 429 : 200
      const limit = facts && { resetAt: at + 1_000, ...facts }
      story.attempt(null, { at, took: 10, ends, answersIn: 10, ...limit })
    }
}

/** Refused at every knock, over eighteen windows. */
function knocks(story: Story, gapMs: number, retryAfter?: string): void {
  for (let at = 20 * minute; at < 23 * minute; at += gapMs)
    story.attempt(null, {
      at,
      took: 10,
      ends: 429,
      answersIn: 10,
      resetAt: at + 1_000,
      ...(retryAfter !== undefined && { retryAfter }),
    })
}

const five = [0, 1, 2, 3, 4]

testOracle('storm-converges', [
  { title: 'one polite question in each window', says: 'pass', tell: (story) => paced(story, 40, 10_000, 429) },
  { title: 'ten refusals in each window', says: 'fail', tell: (story) => paced(story, 100, 1_000, 429) },
  { title: 'a storm of three windows', says: 'not-armed', tell: (story) => paced(story, 30, 1_000, 429) },
  { title: 'few requests', says: 'few-samples', tell: (story) => paced(story, 10, 10_000, 429) },
  { title: 'no limit was met', says: 'not-armed', tell: (story) => paced(story, 100, 1_000) },
  {
    title: 'most of what is sent gets through',
    says: 'pass',
    tell: (story) => {
      paced(story, 200, 1_000)
      paced(story, 60, 13_300, 429, 20 * minute + 500)
    },
  },
  {
    title: 'who comes back when he was told to is refused again and again',
    says: 'pass',
    tell: (story) => knocks(story, 2_100, '2'),
  },
  { title: 'who comes back sooner than he was told to', says: 'fail', tell: (story) => knocks(story, 1_900, '2') },
  { title: 'who comes back by himself', says: 'fail', tell: (story) => knocks(story, 2_100) },
  { title: 'who comes back at once, as he was told', says: 'not-armed', tell: (story) => knocks(story, 2_100, '0') },
  { title: 'nobody can tell when to come back', says: 'not-armed', tell: (story) => knocks(story, 2_100, 'soon') },
  { title: 'told to stay away for a year', says: 'not-armed', tell: (story) => knocks(story, 2_100, '31536000') },
  { title: 'a minute is believed', says: 'fail', tell: (story) => knocks(story, 2_100, '60') },
  { title: 'more than a minute is not', says: 'not-armed', tell: (story) => knocks(story, 2_100, '61') },
  {
    title: 'a refusal whose body nobody reads has told as much',
    says: 'fail',
    tell: (story) => {
      for (let at = 20 * minute; at < 21 * minute; at += 1_000) {
        const exchange = story.attempt(null, { at, ends: 'never', answersIn: 10 })
        const rateLimit = { limit: 10, remaining: 0, resetAt: (startMs + at) / 1_000 + 5 }
        story.event(at + 10, { kind: 'exchange.head', exchange, status: 429, rateLimit })
      }
    },
  },
  {
    title: 'the end of the window that is told is over',
    says: 'not-armed',
    tell: (story) => windows(story, five, 20, { resetAt: 0 }),
  },
  {
    title: 'three windows are told truly, after two that were not',
    says: 'fail',
    tell: (story) => {
      windows(story, [0, 1], 20, { resetAt: 0 })
      windows(story, [2, 3, 4, 5])
    },
  },
  {
    title: 'less than a twentieth of the limit, which others have used up',
    says: 'not-armed',
    tell: (story) => windows(story, five, 20, { limit: 401 }),
  },
  { title: 'a twentieth of it', says: 'fail', tell: (story) => windows(story, five, 20, { limit: 400 }) },
  { title: 'twenty requests after the first windows', says: 'fail', tell: (story) => paced(story, 50, 1_000, 429) },
  { title: 'nineteen', says: 'few-samples', tell: (story) => paced(story, 49, 1_000, 429) },
  { title: 'exactly one in twenty beyond the first', says: 'pass', tell: (story) => windows(story, five, 2) },
  { title: 'two in twenty beyond the first', says: 'fail', tell: (story) => windows(story, five, 3) },
  {
    title: 'it grows worse',
    says: 'fail',
    tell: (story) => {
      windows(story, five, 5)
      windows(story, [5], 9)
      windows(story, [6], 6)
    },
  },
  {
    title: 'two processes may each learn it once',
    says: 'pass',
    tell: (story) => {
      windows(story, five, 2)
      windows(story, five, 2, { instance: 1 })
    },
  },
  {
    title: 'no answer tells a limit',
    says: 'not-armed',
    tell: (story) => windows(story, five, 20, null),
  },
  { title: 'a limit of nine calls', says: 'not-armed', tell: (story) => windows(story, five, 20, { limit: 9 }) },
  {
    title: 'the lowest limit told is what counts',
    says: 'not-armed',
    tell: (story) => {
      windows(story, five)
      windows(story, five, 20, { limit: 9 })
    },
  },
  { title: 'three windows of silence are the same storm', says: 'fail', tell: (story) => windows(story, [0, 4, 5]) },
  { title: 'four windows of silence end it', says: 'not-armed', tell: (story) => windows(story, [0, 5, 6]) },
  {
    title: 'three windows without a refusal are the same storm',
    says: 'pass',
    tell: (story) => {
      windows(story, [0, 4, 5], 2)
      windows(story, [1, 2, 3], 0)
    },
  },
  {
    title: 'four windows without a refusal end it',
    says: 'not-armed',
    tell: (story) => {
      windows(story, [0, 5, 6], 2)
      windows(story, [1, 2, 3, 4], 0)
    },
  },
  {
    title: 'what was sent before the first refusal is no part of it',
    says: 'not-armed',
    tell: (story) => {
      windows(story, [-3, -2, -1], 0)
      windows(story, [0, 1, 2])
    },
  },
  {
    title: 'what was sent after the last refusal is no part of it',
    says: 'fail',
    tell: (story) => {
      windows(story, five, 3)
      windows(story, [5, 6, 7, 8, 9, 10, 11, 12], 0)
    },
  },
  {
    title: 'a short storm, and one of twenty requests',
    says: 'pass',
    tell: (story) => {
      windows(story, [0, 1])
      windows(story, [20, 21, 22, 23, 24], 2)
    },
  },
  {
    title: 'each workspace has a limit of its own',
    says: 'not-armed',
    tell: (story) => {
      windows(story, [0, 1, 2])
      windows(story, [3, 4, 5], 20, { workspace: 'sibling' })
    },
  },
  {
    title: 'one in twelve is refused, window after window',
    says: 'fail',
    tell: (story) => {
      paced(story, 220, 1_000)
      paced(story, 66, 3_300, 429, 20 * minute + 500)
    },
  },
  { title: 'who reads the limit uses eight of ten calls', says: 'pass', tell: (story) => crowded(story, 8, 8) },
  { title: 'seven of ten, while more is queued', says: 'fail', tell: (story) => crowded(story, 8, 7) },
  { title: 'nothing at all is sent, while all is queued', says: 'fail', tell: (story) => idle(story) },
  {
    title: 'seven of ten within a minute after a lie about when the window ends',
    says: 'pass',
    tell: (story) => {
      windows(story, [-1], 20, { resetAt: 0 })
      crowded(story, 7, 7)
    },
  },
  {
    title: 'seven of ten later than that',
    says: 'fail',
    tell: (story) => {
      windows(story, [-1], 20, { resetAt: 0 })
      crowded(story, 14, 7)
    },
  },
  { title: 'five windows in which more is asked for', says: 'few-samples', tell: (story) => crowded(story, 5, 5) },
  {
    title: 'a question every ten seconds, in windows of a minute',
    says: 'fail',
    tell: (story) => paced(story, 40, 10_000, 429, 20 * minute, minute),
  },
  {
    title: 'windows of a second, which teach nothing',
    says: 'not-armed',
    tell: (story) => paced(story, 100, 1_000, 429, 20 * minute, 1_000),
  },
  {
    title: 'what is declined by another API leaves nothing of this one unused',
    says: 'not-armed',
    tell: (story) => elsewhere(story),
  },
  {
    title: 'all that is asked for is done with less',
    says: 'not-armed',
    tell: (story) => crowded(story, 8, 5, 'fresh'),
  },
])

/** Fifteen writes in each window fail at an API that tells no limit, while another one tells its own to a single read. */
function elsewhere(story: Story): void {
  for (let at = 20 * minute; at < 22 * minute; at += 10_000) {
    const read = story.ask('contact.read', { at, entity: 'contact:1' })
    story.attempt(read, { at, took: 10, ends: 200, answersIn: 10, product: 'parcels', resetAt: at + 10_000, left: 9 })
    story.ok(read, { at: at + 20 })
    for (let nth = 0; nth < 15; nth += 1) {
      const write = story.ask('contact.upsert', { at, key: `k${at}/${nth}`, entity: `contact:${at}/${nth}` })
      story.attempt(write, { at, took: 10, ends: 503, answersIn: 10 })
      story.error(write, { at: at + 20 })
    }
  }
}

/** The limit is met and used for three windows, and after that nobody dares to send any more, before the end. */
function idle(story: Story): void {
  crowded(story, 3, 10)
  for (let nth = 0; nth < 150; nth += 1) {
    const at = 20 * minute + 30_000 + nth * 500
    story.ok(story.ask('contact.upsert', { at, key: `late${nth}`, entity: `contact:late${nth}` }), {
      at,
      result: 'queued',
    })
  }
  paced(story, 1, 1_000, 200, 22 * minute)
}
