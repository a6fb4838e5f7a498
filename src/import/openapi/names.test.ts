import { expect, test } from 'vitest'
import { plainName, resourceName, serviceName } from './names.ts'

test.for([
  ['The Parcel Service API v2', 'parcel'],
  ['Café Öl', 'cafe-ol'],
  ['Größenübersicht', 'grossenubersicht'],
  ['日本', 'imported'],
] as const)('a title %s names the service %s', ([title, name]) => expect(serviceName(title)).toBe(name))

test.for([
  ['news-items', 'newsItem'],
  ['écoles', 'ecole'],
  ['日本', undefined],
] as const)('a segment %s names the resource %s', ([segment, name]) => expect(resourceName(segment)).toBe(name))

test('small words with dashes', () => expect(plainName('depotId')).toBe('depot_id'))
