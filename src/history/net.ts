// How a connection may fail, in the words of Node, and in which part of an exchange.

export type NetPhase = 'connect' | 'headers' | 'body'
type Unconnected = 'ECONNREFUSED' | 'ENOTFOUND' | 'ETIMEDOUT'
export type NetCode =
  | Unconnected
  | 'ECONNRESET'
  | 'UND_ERR_SOCKET'
  | 'UND_ERR_CONNECT_TIMEOUT'
  | 'UND_ERR_HEADERS_TIMEOUT'
  | 'UND_ERR_BODY_TIMEOUT'
