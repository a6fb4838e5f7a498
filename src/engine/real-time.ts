// The only place of the engine that knows wall time. The parent process measures and watches with it; a cell takes it before
// the virtual clock is installed, so that its heartbeat tells of real life.

const RealDate = Date
const { setInterval: realSetInterval, clearInterval: realClearInterval, performance: realPerformance } = globalThis
const realNow = realPerformance.now.bind(realPerformance)

/** Milliseconds of real time, from an arbitrary origin. */
export function wallMs(): number {
  return realNow()
}

/** The day it is, UTC: `2026-04-27`. Waivers end by it; it is in no report. */
export function today(): string {
  return new RealDate().toISOString().slice(0, 10)
}

/** Calls `work` every `ms` of real time until the returned function is called. Does not keep the process alive. */
export function realInterval(ms: number, work: () => void): () => void {
  const timer = realSetInterval(work, ms)
  timer.unref()
  return () => realClearInterval(timer)
}
