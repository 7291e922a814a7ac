import type { Command } from 'commander';
import { addDeploymentFlags } from '../deployment-flags.ts';
import { collect } from '../flag-values.ts';
import { addConnectionFlags, addDocumentFlags, addLogFlags, addPlaceFlags, addPolicyFlags } from '../flags.ts';
import { closingHelp } from '../help.ts';
import type { policyCheck, PolicyCheckFlags } from '../../policy/policy-check.ts';
import type { policyInit, PolicyInitFlags } from '../../policy/policy-init.ts';
import type { policyTest, PolicyTestFlags } from '../../policy/policy-test.ts';
import type { Choose } from '../dispatch.ts';

export function definePolicy(policy: Command, choose: Choose): void {
  const check = policy
    .command('check')
    .description('Validate policies, exceptions and configuration, offline; every error at once.');
  addDocumentFlags(addPolicyFlags(check))
    .addHelpText(
      'after',
      closingHelp<typeof policyCheck>(
        [
          'mfa-drift policy check',
          'mfa-drift policy check --policies policies --policies more/admin.yaml',
          'mfa-drift policy check --config staging.yaml',
          'mfa-drift policy check --report json',
        ],
        { 0: 'valid (warnings do not count)', 1: 'not' },
      ),
    )
    .action(() =>
      choose(async (shell) =>
        (await import('../../policy/policy-check.ts')).policyCheck(check.opts<PolicyCheckFlags>(), shell),
      ),
    );
  defineTest(policy, choose);
  defineInit(policy, choose);
}

function defineTest(policy: Command, choose: Choose): void {
  const command = policy
    .command('test')
    .description(
      "Run the policies' own unit tests (*.test.yaml), or judge the pools of CloudFormation templates, offline.",
    );
  addDocumentFlags(addPolicyFlags(command)).option(
    '--template <file>',
    "a CloudFormation template (CDK's output too) whose pools are judged before they exist; repeatable",
    collect,
  );
  addDeploymentFlags(command)
    .addHelpText(
      'after',
      closingHelp<typeof policyTest>(
        [
          'mfa-drift policy test',
          'mfa-drift policy test --policies policies/customers.test.yaml',
          'mfa-drift policy test --report table --report json=tests.json',
          'mfa-drift policy test --template cdk.out/Shop.template.json --organizational-unit /Workloads/Prod',
          'mfa-drift policy test --template shop.yaml --report table --report json=shop.json',
        ],
        {
          0: 'every case says what it should; every pool of the templates would hold',
          1: 'a case does not; no deployment would take a template',
          2: 'a pool of the templates would drift',
          3: 'not everything is known before the deployment',
        },
      ),
    )
    .action(() =>
      choose(async (shell) =>
        (await import('../../policy/policy-test.ts')).policyTest(command.opts<PolicyTestFlags>(), shell),
      ),
    );
}

function defineInit(policy: Command, choose: Choose): void {
  const command = policy
    .command('init')
    .argument('[pool]', "a user pool's ARN, or its id with --account and --region")
    .description('Write a policy skeleton, or a policy that pins what a live pool has now.');
  addLogFlags(addConnectionFlags(addPlaceFlags(command)))
    .option('--config <file>', 'configuration (default: mfa-drift.yaml or .yml, where it exists)')
    .option(
      '--answer <file>',
      'pin what aws cognito-idp get-user-pool-mfa-config printed, instead of asking AWS; -: standard input',
    )
    .option('--out <file>', 'write there instead of to standard output; never overwrites')
    .addHelpText(
      'after',
      closingHelp<typeof policyInit>(
        [
          'mfa-drift policy init --out policies/first.yaml',
          'mfa-drift policy init arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEf123',
          'mfa-drift policy init eu-west-1_AbCdEf123 --account 111122223333 --region eu-west-1',
          'mfa-drift policy init eu-west-1_AbCdEf123 --answer mfa-config.json --out policies/pinned.yaml',
        ],
        { 0: 'written', 1: 'not' },
      ),
    )
    .action((pool: string | undefined) =>
      choose(async (shell) =>
        (await import('../../policy/policy-init.ts')).policyInit(pool, command.opts<PolicyInitFlags>(), shell),
      ),
    );
}
