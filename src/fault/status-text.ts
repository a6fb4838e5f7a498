// What the API and the gateway in front of it write beside a status code.

export type ErrorEntry = { readonly code: string; readonly message: string }

/** The entry of an `error.list`, as the API writes it for this status. */
export function errorFor(status: number): ErrorEntry {
  const [code, message] = errors[status] ?? (status >= 500 ? serverError : clientError)
  return { code, message }
}

/** The reason phrase, in the words of the usual gateways. */
export function reasonFor(status: number): string {
  return reasons[status] ?? (status >= 500 ? 'Server Error' : status >= 400 ? 'Client Error' : 'Response')
}

type Words = readonly [code: string, message: string]

const serverError: Words = ['server_error', 'Server Error']
const clientError: Words = ['client_error', 'Client Error']

const errors: Readonly<Record<number, Words>> = {
  400: ['parameter_invalid', 'Parameter invalid'],
  401: ['unauthorized', 'Access Token Invalid'],
  403: ['api_plan_restricted', 'Active subscription needed.'],
  404: ['not_found', 'Resource Not Found'],
  405: ['action_forbidden', 'This action is not allowed for this type of admin'],
  408: ['request_timeout', 'The request timed out'],
  409: ['resource_conflict', 'Multiple requests are changing the same resource'],
  410: ['contact_merged', 'This contact has been merged into another one'],
  422: ['data_invalid', 'The data is invalid'],
  429: ['rate_limit_exceeded', 'Exceeded rate limit of 167 in 10_seconds'],
  500: serverError,
  503: ['service_unavailable', 'Sorry, the API service is temporarily unavailable'],
  504: ['request_timeout', 'The request timed out'],
}

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
}
