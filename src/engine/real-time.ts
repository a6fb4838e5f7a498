// The only place of the engine that knows wall time. The parent process measures and watches with it; a cell takes it before
// the virtual clock is installed, so that its heartbeat tells of real life.

const { setInterval: realSetInterval, clearInterval: realClearInterval, performance: realPerformance } = globalThis
const realNow = realPerformance.now.bind(realPerformance)

/** Milliseconds of real time, from an arbitrary origin. */
export function wallMs(): number {
  return realNow()
}

/** Calls `work` every `ms` of real time until the returned function is called. Does not keep the process alive. */
export function realInterval(ms: number, work: () => void): () => void {
  const timer = realSetInterval(work, ms)
  timer.unref()
  return () => realClearInterval(timer)
}
