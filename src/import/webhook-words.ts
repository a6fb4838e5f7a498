// The part of the table of words that is about webhooks.

import { near, words, type Rule } from './rule.ts'

export const webhookRules: readonly Rule[] = [
  {
    name: 'webhooks-late',
    pattern: words(
      String.raw`\bwebhooks?\b${near}\b(?:delay|late\b|behind|lag|backlog|slow)`,
      String.raw`\bdelay(?:s|ed)?\b${near}\bwebhooks?\b`,
    ),
    kind: 'webhook-delay',
    target: 'webhooks',
    with: { by: '10m' },
    why: 'notifications are late; by how much is a guess',
  },
  {
    name: 'webhooks-twice',
    pattern: words(
      String.raw`\bwebhooks?\b${near}\b(?:duplicat|twice|more than once|repeated)`,
      String.raw`\bduplicated?\b${near}\bwebhooks?\b`,
    ),
    kind: 'webhook-duplicate',
    target: 'webhooks',
    why: 'notifications come again; how often is a guess',
  },
  {
    name: 'webhooks-lost',
    pattern: words(
      String.raw`\bwebhooks?\b${near}\b(?:(?:not|never)(?: being)? (?:delivered|sent|received)|lost|dropped|missing|missed)\b`,
      String.raw`\b(?:lost|dropped|missing|missed)\b${near}\bwebhooks?\b`,
      String.raw`\bfail(?:s|ed|ing|ures?)? (?:to deliver|in delivering) webhooks?\b`,
    ),
    kind: 'webhook-drop',
    target: 'webhooks',
    why: 'notifications are never delivered',
  },
  {
    name: 'webhooks-shuffled',
    pattern: words(
      String.raw`\bwebhooks?\b${near}\bout of order\b`,
      String.raw`\bout[- ]of[- ]order\b${near}\bwebhooks?\b`,
    ),
    kind: 'webhook-reorder',
    target: 'webhooks',
    with: { by: '30s' },
    why: 'notifications overtake each other; how late they are is a guess',
  },
]
