// What an operation answers and is sent, as the schema of its JSON.

import { own, partOf, type Part, type Specification } from './specification.ts'

/** Of the answer that tells of success. */
export function successOf(spec: Specification, operation: Part): Part | undefined {
  const responses = partOf(own(operation, 'responses')) ?? {}
  const status = ['200', '201', '202', '2XX', 'default'].find((one) => Object.hasOwn(responses, one))
  return status === undefined ? undefined : spec.part(own(responses, status))
}

/** Of the first that tells of a mistake of the caller's. */
export function failureOf(spec: Specification, operation: Part): Part | undefined {
  const responses = partOf(own(operation, 'responses')) ?? {}
  const status = Object.keys(responses).find((one) => /^(?:4\d\d|4XX|default)$/u.test(one))
  return status === undefined ? undefined : spec.part(own(responses, status))
}

/** Of what has a body: `application/json`, or what is called JSON otherwise. */
export function jsonOf(spec: Specification, body: Part | undefined): unknown {
  const content = partOf(body && own(body, 'content')) ?? {}
  const type = Object.keys(content).find((one) => /^application\/(?:[\w.-]+\+)?json\b/u.test(one))
  const media = type === undefined ? undefined : spec.part(own(content, type))
  return media && own(media, 'schema')
}
