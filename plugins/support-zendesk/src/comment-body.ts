/** A comment as Zendesk takes it. */
export const commentBody = (input: {
  readonly text?: string | undefined;
  readonly html?: string | undefined;
  readonly public: boolean;
}) => ({
  ...(input.html === undefined ? { body: input.text } : { html_body: input.html }),
  public: input.public,
});
