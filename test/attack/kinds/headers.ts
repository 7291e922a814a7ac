/** Heads that are odd about an answer that is right. */
import { operations, type Answer } from '../answers.ts';
import type { Kind } from './kind.ts';

function same(name: string, headers: (given: Answer['headers']) => Readonly<Record<string, string>>): Kind {
  return {
    name,
    meets: operations,
    means: 'same',
    change: (answer) => ({ ...answer, headers: headers(answer.headers) }),
  };
}

function without(given: Answer['headers'], ...names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name)));
}

export const headerKinds: readonly Kind[] = [
  same('no content type', (given) => without(given, 'content-type')),
  same('the content type of a page', (given) => ({ ...given, 'content-type': 'text/html; charset=utf-16' })),
  same('no id of the request', (given) => without(given, 'x-amzn-requestid', 'x-amz-request-id')),
  same('two ids of the request', (given) => ({ ...given, 'x-amzn-requestid': 'a, b', 'x-amz-request-id': 'c' })),
  same('no date', (given) => without(given, 'date')),
  same('a date that is none', (given) => ({ ...given, date: 'the day before yesterday' })),
  same('a date that a cache kept', (given) => ({ ...given, age: '86400', date: 'Mon, 01 Jan 2024 00:00:00 GMT' })),
  same('the name of an error about an answer that is none', (given) => ({
    ...given,
    'x-amzn-errortype': 'AccessDeniedException',
  })),
  same('a cookie and a hundred headers', (given) => ({
    ...given,
    'set-cookie': 'session=1; Path=/',
    ...Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`x-padding-${index}`, 'x'])),
  })),
  same('a hint to come back later', (given) => ({ ...given, 'retry-after': '86400' })),
  same('status 200 in other words, and the end of the connection', (given) => ({ ...given, connection: 'close' })),
];
