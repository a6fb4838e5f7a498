// The form of a service that somebody defines, as one zod schema. `#server/defined/definition.ts` is the same for whoever writes
// TypeScript; a test compares them. What the parts mean to each other is checked by definition-check.ts.

import { z } from 'zod'
import { parseDuration } from '#clock/instant.ts'
import { fieldTypes, verbs, type Json } from '#server/defined/definition.ts'
import { section, text, wholeNumber } from './terms.ts'

const yesOrNo = z.boolean({ error: 'must be true or false' })
const header = text(/^[A-Za-z][A-Za-z0-9-]{0,79}$/u, 'must be the name of a header, such as X-Api-Key')
const parameter = text(/^[\w.[\]-]{1,60}$/u, 'must be the name of a parameter, such as limit')
const place = text(/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){0,3}$/u, 'must be a place in the answer, such as data or meta.next')
const fieldName = text(/^[A-Za-z_]\w{0,59}$/u, 'must be a word of letters, digits and underscores')
const resourceName = text(
  /^[a-z][A-Za-z0-9]{0,39}$/u,
  'must be a word of letters and digits that starts with a small letter',
)
const perMessage = 'must be a duration such as 60s'
const per = text(/^\d/u, perMessage).refine((written) => (parseDuration(written) ?? 0) > 0, perMessage)
/** Beyond, not every integer is a number of its own. */
export const mostNumber = 1e15
const numberMessage = 'must be a number from -1e15 to 1e15'
const number = z.number({ error: numberMessage }).min(-mostNumber, numberMessage).max(mostNumber, numberMessage)
const json: z.ZodType<Json, Json> = z.json() as z.ZodType<Json, Json>

const field = section({
  type: z.enum(fieldTypes).describe('What it holds.'),
  like: text(/^[^\p{Cc}]{1,80}$/u, 'must be a text such as PCL-########')
    .optional()
    .describe('Of a string: how it looks, # a digit and ? a small letter.'),
  from: number.optional().describe('Of a number: the least. Default: 1.'),
  to: number.optional().describe('Of a number: the most. Default: 1000.'),
  values: z
    .array(text(/^[^\p{Cc}]{1,80}$/u, 'must be a text'))
    .min(1)
    .max(100)
    .optional()
    .describe('Of an enum.'),
  of: resourceName.optional().describe('Of an id: the resource whose id it holds.'),
  set: z
    .enum(['created', 'changed'])
    .optional()
    .describe('Of a date-time: the service writes it, when the entity is created or whenever it changes.'),
  optional: yesOrNo.optional().describe('A create may leave it out, and it is null then. Default: false.'),
}).describe('One field of an entity.')

const resource = section({
  path: text(
    /^(?:\/(?:[A-Za-z0-9._~-]+|\{[A-Za-z_]\w*\}))*\/[A-Za-z0-9._~-]+$/u,
    'must be a path such as /parcels or /depots/{depot}/parcels',
  ).describe('Where it is listed and created; one of them is a segment more.'),
  offers: z.array(z.enum(verbs)).min(1).optional().describe('Which operations there are. Default: all.'),
  seeded: wholeNumber(0, 10_000).optional().describe('How many a workspace holds at the start. Default: 100.'),
  ids: text(/^(?:uuid|number|[^\p{Cc}\s/?#%]{0,40}[?#]{6,40})$/u, 'must be uuid, number or a text such as prc_????????')
    .optional()
    .describe(
      'How ids look: uuid, number, or a text that ends in six or more # (a digit) or ? (a small letter). Default: uuid.',
    ),
  key: fieldName.optional().describe('The field that says which piece of business an entity is.'),
  unique: yesOrNo.optional().describe('A second entity with the same key is refused with 409. Default: true.'),
  update: z.enum(['PATCH', 'PUT']).optional().describe('How an update is sent. Default: PATCH.'),
  changes: z
    .array(fieldName)
    .min(1)
    .optional()
    .describe(
      'The fields that a load changes. One of them is a string, so that each update is a change of its own. Default: the first string but the key.',
    ),
  fields: z.record(fieldName, field).describe('Besides id, which every entity has.'),
}).describe('One kind of thing that the service holds.')

const auth = section({
  kind: z
    .enum(['bearer', 'header', 'query', 'none'])
    .describe('Where the token stands: Authorization: Bearer, a header, a parameter of the query, or nowhere.'),
  name: parameter.optional().describe('Of the header, or of the parameter.'),
}).describe('How a caller says who it is. Default: bearer.')

const limited = section({
  requests: wholeNumber(1, 1_000_000).describe('Requests of one workspace in each window.'),
  per: per.describe('How long a window is.'),
  headers: section({
    limit: header.optional().describe('How many a window has.'),
    remaining: header.optional().describe('How many are left.'),
    reset: header.optional().describe('When the next window begins.'),
  })
    .optional()
    .describe('Names of the headers that tell of it. Default: none is sent.'),
  reset: z
    .enum(['epoch', 'seconds'])
    .optional()
    .describe('Whether the reset is told in Unix seconds, or in how many seconds it is. Default: epoch.'),
  retryAfter: yesOrNo.optional().describe('Whether a 429 says Retry-After. Default: true.'),
}).describe('How much one workspace may ask. Default: as much as it likes.')

const pagination = section({
  kind: z.enum(['cursor', 'page', 'offset']).describe('How a page says where it begins.'),
  size: wholeNumber(1, 1_000).optional().describe('How many come without asking. Default: 20.'),
  most: wholeNumber(1, 1_000).optional().describe('How many come at most. Default: 100.'),
  sizeParameter: parameter.optional().describe('The parameter that says how many. Default: limit.'),
  fromParameter: parameter.optional().describe('The parameter that says from where. Default: cursor, page or offset.'),
  items: place
    .or(z.literal(''))
    .optional()
    .describe('Where the items stand in the answer; empty: it is a list itself. Default: data.'),
  next: place.optional().describe('Where the next cursor stands. Default: next_cursor.'),
  total: place.optional().describe('Where it is told how many there are in all. Default: it is not.'),
}).describe('Of every list. Default: a list is told at once, in data.')

export const definitionSchema = section({
  name: text(/^[a-z]+(?:-[a-z]+){0,4}$/u, 'must be a word of small letters and dashes').describe(
    'What it is called, also in the names of its fleets, <region>-<name>.',
  ),
  hosts: z
    .array(
      section({
        host: text(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/u, 'must be a host such as api.parcels.example'),
        region: text(/^[a-z]{1,20}$/u, 'must be a word of small letters')
          .optional()
          .describe('Default: global.'),
      }),
    )
    .min(1)
    .max(20)
    .describe('Where it answers. A workspace meets the host of its region, or else the first.'),
  base: text(/^(?:\/[A-Za-z0-9._~-]+)+$/u, 'must be the beginning of a path, such as /v1')
    .optional()
    .describe('What every path begins with.'),
  auth: auth.optional(),
  limits: limited.optional(),
  pagination: pagination.optional(),
  idempotency: header
    .optional()
    .describe('The header in which a write says which piece of work it is; one that was seen is answered as before.'),
  envelope: place.optional().describe('Where in an answer a single entity stands. Default: it is the answer.'),
  errors: section({
    body: json.describe('What an error looks like; texts in it may say {status}, {code}, {message} and {requestId}.'),
    codes: z
      .record(text(/^[45]\d\d$/u, 'must be a status such as 404'), text(/^[^\p{Cc}]{1,80}$/u, 'must be a text'))
      .optional()
      .describe('The codes of this API, by status. Others have the words of HTTP, such as not_found.'),
  })
    .optional()
    .describe('Default: { error: { code, message } }.'),
  resources: z.record(resourceName, resource).describe('What it holds, by what one of them is called: parcel.'),
}).describe('An API of your own, as data.')

export type DefinitionText = z.infer<typeof definitionSchema>
