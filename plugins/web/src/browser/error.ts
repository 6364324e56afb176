/** What kept a call from being answered: the status, 0 where nobody answered, and Wend's code where there is one. */
export class WebClientError extends Error {
  override readonly name = "WebClientError";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(`${code} (${status})`);
    this.status = status;
    this.code = code;
  }
}
