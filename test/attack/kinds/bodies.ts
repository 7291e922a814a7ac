/** Bodies that are not what a service writes, under a status that says that all is well. */
import { withBody } from '../answers.ts';
import { jsonOperations, readOperations, stsOperations, type Kind, type Meaning } from './kind.ts';

const malformed: Meaning = { lost: 'malformed' };

function instead(name: string, body: (text: string) => string | Buffer): Kind {
  return {
    name,
    meets: jsonOperations,
    means: malformed,
    change: (answer) => withBody(answer, body(answer.body.toString())),
  };
}

function same(name: string, body: (text: string) => string): Kind {
  return {
    name,
    meets: jsonOperations,
    means: 'same',
    change: (answer) => withBody(answer, body(answer.body.toString())),
  };
}

/** JSON objects, which is all that is asked of the answer to a Set: the pool itself is read back. */
function anotherObject(name: string, body: (text: string) => string): Kind {
  return { ...instead(name, body), means: (operation) => (operation === 'SetUserPoolMfaConfig' ? 'same' : malformed) };
}

function xml(name: string, body: (text: string) => string): Kind {
  return { ...instead(name, body), meets: stsOperations };
}

function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]): [string, unknown] => [key, reordered(member)])
      .toReversed(),
  );
}

/** Every third letter of a text of JSON that has no escapes of its own. */
function inEscapes(text: string): string {
  if (text.includes('\\')) return text;
  return text.replaceAll(/[a-z]/g, (letter, at: number) =>
    at % 3 === 0 ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}` : letter,
  );
}

const loginPage = '<!doctype html><html><head><title>Sign in</title></head><body><form></form></body></html>';

export const bodyKinds: readonly Kind[] = [
  instead('a login page', () => loginPage),
  instead('nothing', () => ''),
  instead('white space', () => '  \n '),
  instead('null', () => 'null'),
  instead('a list', () => '[]'),
  instead('the answer in a list', (text) => `[${text}]`),
  instead('a text', () => '"OFF"'),
  instead('a number', () => '5'),
  instead('a truth', () => 'true'),
  instead('the answer as a text', (text) => JSON.stringify(text)),
  instead('XML', () => '<?xml version="1.0"?><Response><Status>OK</Status></Response>'),
  instead('an error of a bucket', () => '<Error><Code>NoSuchBucket</Code></Error>'),
  instead('JSON behind a guard', (text) => `)]}'\n${text}`),
  instead('JSON for a callback', (text) => `callback(${text})`),
  instead('JSON twice', (text) => text + text),
  instead('JSON and a NUL', (text) => `${text}\0`),
  instead('JSON and words', (text) => `${text} served by cache-17`),
  instead('JSON behind a byte order mark', (text) => `\u{feff}${text}`),
  instead('JSON in UTF-16', (text) => Buffer.from(text, 'utf16le')),
  instead('JSON with a comma too many', (text) => text.replace(/\}$/, ',}')),
  instead('JSON with a comment', (text) => text.replace('{', '{/* cached */')),
  instead('JSON in single quotes', (text) => text.replaceAll('"', "'")),
  instead('JSON with NaN', (text) => text.replace('{', '{"Load":NaN,')),
  instead('a form', () => 'MfaConfiguration=OFF&UserPools='),
  instead('what JavaScript says of an object', () => '[object Object]'),
  instead('nested 20,000 deep', () => `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`),
  instead('nested 2,000 deep in a member that nobody knows', (text) =>
    text.replace('{', `{"Zz":${'{"a":'.repeat(2000)}1${'}'.repeat(2000)},`).replace(',}', '}'),
  ),
  anotherObject('an empty object', () => '{}'),
  anotherObject('the answer in an envelope', (text) => `{"data":${text}}`),
  anotherObject('a refusal under the status of success', () => '{"__type":"AccessDeniedException","message":"no"}'),
  anotherObject('health', () => '{"status":"UP"}'),
  same('JSON in many lines', (text) => JSON.stringify(JSON.parse(text), null, 4).replaceAll('\n', '\r\n')),
  same('JSON between white space', (text) => `\n\t ${text}\r\n\n`),
  same('JSON from the other end', (text) => JSON.stringify(reordered(JSON.parse(text)))),
  same('JSON in escapes', (text) => text.replaceAll(/"(?:[^"\\]|\\.)*"/g, inEscapes)),
  {
    ...same('a member that nobody knows', (text) =>
      text.replace(/\}$/, `${text === '{}' ? '' : ','}"Novelty":{"a":[1,null]}}`),
    ),
    meets: readOperations.filter((each) => each !== 'GetUserPoolMfaConfig'),
  },
  {
    ...same('a member named as the prototype', (text) =>
      text.replace(/\}$/, `${text === '{}' ? '' : ','}"__proto__":{"a":1}}`),
    ),
    meets: readOperations.filter((each) => each !== 'GetUserPoolMfaConfig'),
  },
  xml('a login page, to STS', () => loginPage),
  xml('nothing, to STS', () => ''),
  xml('JSON, to STS', () => '{"Account":"111122220000"}'),
  xml('a root that closes nothing', () => '<AssumeRoleResponse>'),
  xml('another answer of STS', () => '<GetSessionTokenResponse><GetSessionTokenResult/></GetSessionTokenResponse>'),
  xml(
    'an entity of its own',
    (text) => `<!DOCTYPE x [<!ENTITY a "b">]>${text.replaceAll(/<(\w+)Result>/g, '<$1Result>&a;')}`,
  ),
  xml('words, to STS', () => 'OK'),
];
