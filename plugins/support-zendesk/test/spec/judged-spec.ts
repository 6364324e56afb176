/** Zendesk's own specification of the Support API, corrected where it contradicts Zendesk's documentation. */
export function judgedSpec(yaml: string): string {
  return [writeFieldValues, takeTags, allowNulls, addRequested].reduce((text, correct) => correct(text), yaml);
}

// The fields of a ticket are written by id and value; the specification asks for a field's whole definition.
const writeFieldValues = (yaml: string) =>
  replaceOnce(yaml, "            $ref: '#/components/schemas/CustomFieldObject'\n", "            type: object\n");

// Described in words and by an example alone.
const takeTags = (yaml: string) =>
  ["PutTagsTicket", "DeleteTagsTicket"].reduce(
    (text, operation) =>
      replaceOnce(text, `      operationId: ${operation}\n`, `      operationId: ${operation}\n${tagsBody}`),
    yaml,
  );

const tagsBody = `      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/TagsByObjectIdResponse'
`;

// A ticket without external id or priority says null.
function allowNulls(yaml: string): string {
  const start = yaml.indexOf("\n    TicketObject:\n");
  const end = yaml.indexOf("\n    TicketRelatedInformation:\n", start);
  const schema = [
    [
      "        external_id:\n          type: string\n",
      "        external_id:\n          type: string\n          nullable: true\n",
    ],
    ["            - urgent\n", "            - null\n            - urgent\n"],
    [
      "        priority:\n          type: string\n",
      "        priority:\n          type: string\n          nullable: true\n",
    ],
    ["            - problem\n", "            - null\n            - problem\n"],
    ["        type:\n          type: string\n", "        type:\n          type: string\n          nullable: true\n"],
  ].reduce((text, [from = "", to = ""]) => replaceOnce(text, from, to), yaml.slice(start, end));
  return yaml.slice(0, start) + schema + yaml.slice(end);
}

// Documented beside the list of all tickets, and left out.
const addRequested = (yaml: string) =>
  replaceOnce(
    yaml,
    "  /api/v2/users/{user_id}/skips:\n",
    `  /api/v2/users/{user_id}/tickets/requested:
    parameters:
      - $ref: '#/components/parameters/UserId'
    get:
      operationId: ListRequestedTickets
      responses:
        "200":
          description: List tickets
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/TicketsResponse'
  /api/v2/users/{user_id}/skips:
`,
  );

function replaceOnce(text: string, from: string, to: string): string {
  const parts = text.split(from);
  if (parts.length !== 2)
    throw new Error(`${JSON.stringify(from)} stands ${parts.length - 1} times in the specification`);
  return parts.join(to);
}
