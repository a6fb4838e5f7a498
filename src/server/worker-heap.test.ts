import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { WorkerHeap } from './worker-heap.ts'

test('always offers the worker that is free first', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.array(fc.nat(1_000), { maxLength: 200 }), (workers, works) => {
      const heap = new WorkerHeap(workers)
      const freeAt = Array.from({ length: workers }, () => 0)
      for (const work of works) {
        expect(heap.earliest).toBe(Math.min(...freeAt))
        expect(freeAt[heap.earliestWorker]).toBe(heap.earliest)
        const until = heap.earliest + work
        freeAt[heap.earliestWorker] = until
        heap.occupyEarliest(until)
      }
    }),
  )
})
