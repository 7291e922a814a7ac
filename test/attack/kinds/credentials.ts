/** Whose credentials STS gives, and what they are. */
import { withBody, type Operation } from '../answers.ts';
import type { Kind, Meaning } from './kind.ts';

function xml(operation: Operation, name: string, means: Meaning, change: (text: string) => string): Kind {
  return { name, meets: [operation], means, change: (answer) => withBody(answer, change(answer.body.toString())) };
}

const malformed: Meaning = { lost: 'malformed' };

function assumed(name: string, means: Meaning, change: (text: string) => string): Kind {
  return xml('AssumeRole', name, means, change);
}

function emptied(element: string): (text: string) => string {
  return (text) => text.replace(new RegExp(`<${element}>[^<]*</${element}>`), `<${element}></${element}>`);
}

function removed(element: string): (text: string) => string {
  return (text) => text.replace(new RegExp(`<${element}>[\\s\\S]*</${element}>`), '');
}

export const credentialKinds: readonly Kind[] = [
  assumed('no credentials', malformed, removed('Credentials')),
  assumed('no key', malformed, removed('AccessKeyId')),
  assumed('an empty key', malformed, emptied('AccessKeyId')),
  assumed('no secret', malformed, removed('SecretAccessKey')),
  assumed('an empty secret', malformed, emptied('SecretAccessKey')),
  assumed('no token', malformed, removed('SessionToken')),
  assumed('a key with a line end', malformed, (text) => text.replace('</AccessKeyId>', '\n</AccessKeyId>')),
  assumed('a token with a line end', malformed, (text) => text.replace('</SessionToken>', '\n</SessionToken>')),
  assumed('a token that no header holds', malformed, (text) =>
    text.replace('</SessionToken>', '\u20ac</SessionToken>'),
  ),
  assumed('no end', malformed, removed('Expiration')),
  assumed('an end that is no time', malformed, (text) => text.replace(/(<Expiration>)[^<]*/, '$1soon')),
  assumed('an end that is a number', malformed, (text) => text.replace(/(<Expiration>)[^<]*/, '$199')),
  assumed('a key inside another element', malformed, (text) =>
    text.replace(/<AccessKeyId>([^<]*)</, '<AccessKeyId><Value>$1</Value><'),
  ),
  assumed('credentials of another account', { lost: 'credentials' }, (text) =>
    text.replaceAll(/(:sts::)\d{12}(:assumed-role)/g, '$1999988887777$2'),
  ),
  xml('GetCallerIdentity', 'no account', malformed, removed('Account')),
  xml('GetCallerIdentity', 'no ARN', malformed, removed('Arn')),
  xml('GetCallerIdentity', 'an empty account', malformed, emptied('Account')),
];
