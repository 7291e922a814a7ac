import { expect, test } from 'vitest';
import { sourcePath } from '../../../src/report/text/source-path.ts';

const roots = { folder: '/repo/infra/mfa', root: '/repo' };

test.each([
  ['policies/x.yaml', 'infra/mfa/policies/x.yaml'],
  ['./policies/x.yaml', 'infra/mfa/policies/x.yaml'],
  ['.//policies/./x.yaml', 'infra/mfa/policies/x.yaml'],
  ['../shared/x.yaml', 'infra/shared/x.yaml'],
  ['../../x.yaml', 'x.yaml'],
  ['/repo/infra/mfa/policies/x.yaml', 'infra/mfa/policies/x.yaml'],
  ['/repo/..policies/x.yaml', '..policies/x.yaml'],
])('%s lies in the repository at %s', (file, inside) => {
  expect(sourcePath(file, roots)).toEqual({ inside });
});

test.each([
  ['/etc/policies/x.yaml', '/etc/policies/x.yaml'],
  ['../../../other/x.yaml', '/other/x.yaml'],
  ['/repository/x.yaml', '/repository/x.yaml'],
  ['/repo', '/repo'],
])('%s does not: it is %s', (file, outside) => {
  expect(sourcePath(file, roots)).toEqual({ outside });
});
