import { expect, it } from 'vitest';
import { managingTool } from '../../../src/domain/patch/managing-tool.ts';

const stack = { 'aws:cloudformation:stack-name': 'shop' };

// What CloudFormation and Amplify set by themselves, and what teams write: in one of the tags that are asked for, and nowhere else.
it.each([
  [stack, 'cloudformation'],
  [{ 'aws:cloudformation:logical-id': 'Customers' }, 'cloudformation'],
  [{ 'aws:cloudformation:stack-name': 'terraform-state' }, 'cloudformation'],
  [{ 'aws:cloudformation:stack-name': 'amplify-shop-main-branch-0a1b2c3d4e' }, 'amplify'],
  [{ 'aws:cloudformation:stack-name': 'shop-amplify' }, 'cloudformation'],
  [{ 'aws:cloudformation:logical-id': 'amplify-customers' }, 'cloudformation'],
  [{ ...stack, 'amplify:app-id': 'd1' }, 'amplify'],
  [{ 'amplify:app-id': 'd1' }, 'amplify'],
  [{ 'amplify:branch': 'terraform' }, 'amplify'],
  [{ 'managed-by': 'AWS Amplify' }, 'amplify'],
  [{ 'managed-by': 'Terraform' }, 'terraform'],
  [{ 'managed-by': 'OpenTofu' }, 'terraform'],
  [{ 'managed-by': 'terragrunt 0.93' }, 'terraform'],
  [{ 'managed-by': 'terraformer' }, null],
  [{ terraform: 'yes' }, 'terraform'],
  [{ ...stack, 'managed-by': 'cdk' }, 'cdk'],
  [{ 'managed-by': 'aws-cdk' }, 'cdk'],
  [{ 'managed-by': 'aws_cdk' }, 'cdk'],
  [{ 'managed-by': 'AWSCDK' }, 'cdk'],
  [{ 'managed-by': 'cdktf' }, null],
  [{ 'managed-by': 'CloudFormation' }, 'cloudformation'],
  [{ 'managed-by': 'the Serverless framework' }, 'cloudformation'],
  [{ 'managed-by': 'sam' }, 'cloudformation'],
  [{ 'managed-by': 'samantha' }, null],
  [{ 'managed-by': 'pulumi' }, null],
  [{ note: 'terraform' }, null],
  [{}, null],
])('who manages a pool is told by %j', (tags, tool) => {
  expect(managingTool(tags, ['aws:cloudformation:stack-name', 'managed-by', 'terraform'])).toBe(tool);
});
