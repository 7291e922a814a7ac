import { sourcePath, type SourceRoots } from '../../text/source-path.ts';

/**
 * A file as SARIF names it: relative to the source root where it lies in it, else a file URI without a base (SARIF 2.1.0,
 * 3.4.4: a reference that begins with a slash can't be joined to one).
 */
export function artifactLocation(file: string, roots: SourceRoots): object {
  const path = sourcePath(file, roots);
  return 'inside' in path ? { uri: encoded(path.inside), uriBaseId: '%SRCROOT%' } : { uri: fileUri(path.outside) };
}

function fileUri(absolute: string): string {
  const path = encoded(absolute.replaceAll('\\', '/')).replace(/^([A-Za-z])%3A/, '/$1:');
  return `file://${path}`;
}

/** What a path may hold and a URI may not (RFC 3986) is percent-encoded. */
function encoded(path: string): string {
  return path
    .replace(/\p{Cs}/gu, '\uFFFD')
    .split('/')
    .map((segment) => encodeURIComponent(segment))
    .join('/');
}
