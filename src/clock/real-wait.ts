// Waiting for something in real time, also where the clock is virtual.

const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout, Promise: RealPromise } = globalThis

/** What `work` comes to, or `overdue` when that takes longer than `ms`. Uses no method of a promise, which may be a client's. */
export function withinReal<T>(ms: number, work: () => Promise<T>): Promise<T | 'overdue'> {
  return new RealPromise((resolve, reject) => {
    const timer = realSetTimeout(() => resolve('overdue'), ms)
    const follow = async (): Promise<void> => {
      try {
        resolve(await work())
      } catch (error) {
        reject(error as Error)
      } finally {
        realClearTimeout(timer)
      }
    }
    void follow()
  })
}

export function pauseReal(ms: number): Promise<void> {
  return new RealPromise((resolve) => {
    realSetTimeout(resolve, ms)
  })
}
