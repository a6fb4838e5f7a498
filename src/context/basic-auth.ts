// Credentials in their oldest form (RFC 7617): `Basic`, and a name and a password in base64.

/** `name:password`; `undefined` for what is none. */
export function basicCredentials(authorization: string): string | undefined {
  const encoded = /^Basic +((?:[a-z\d+/]{4})*(?:[a-z\d+/]{2}(?:==)?|[a-z\d+/]{3}=?)?)$/iu.exec(authorization)?.[1]
  return encoded === undefined || encoded === '' ? undefined : atob(encoded)
}
