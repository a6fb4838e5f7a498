// How a program comes to trust the authority of the run: the variables by which runtimes and libraries are told of one more, or of
// another file of certificates. There is nothing to reach for which the usual ones would be needed.

const variables = [
  // Node and Deno
  'NODE_EXTRA_CA_CERTS',
  'DENO_CERT',
  // OpenSSL, and with it Python, Ruby and Perl; Go
  'SSL_CERT_FILE',
  // Python's requests, and libraries after its manner
  'REQUESTS_CA_BUNDLE',
  // curl, and what is built on it
  'CURL_CA_BUNDLE',
] as const

export function trusting(file: string): Readonly<Record<string, string>> {
  return Object.fromEntries(variables.map((name) => [name, file]))
}
