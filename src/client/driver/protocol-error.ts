// How a driver fails: it breaks the protocol, or it is gone. Both are the client's doing, and end as events of the history.

/** The driver said something that the protocol does not allow. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
}

/** The process ended, or the server cannot be reached any more, although nobody asked for it. */
export class DriverGone extends Error {
  override readonly name = 'DriverGone'
  /** With exit code 0: it thinks that all is done. */
  readonly isOrderly: boolean

  constructor(how: string, isOrderly = false) {
    super(how)
    this.isOrderly = isOrderly
  }
}
