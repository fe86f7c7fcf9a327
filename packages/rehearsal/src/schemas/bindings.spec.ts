import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bindingSource, type BindingKind } from './binding-source';
import { buildSchema } from './build-schema';
import { correctSchema } from './corrections';
import { parseBinding } from './parse-binding';
import type { Schema } from './schema';

const folder = join(dirname(require.resolve('@cdktf/provider-aws/package.json')), 'lib');

/** Types with arguments of any type, maps of maps or lists of lists; none of them has to do with the lab. */
const NOT_UNDERSTOOD = [
  'aws_accessanalyzer_analyzer',
  'aws_bcmdataexports_export',
  'aws_customerprofiles_domain',
  'aws_datazone_environment_blueprint_configuration',
  'aws_lexv2models_bot_version',
  'aws_quicksight_analysis',
  'aws_quicksight_dashboard',
  'aws_quicksight_template',
  'aws_wafv2_rule_group',
  'aws_wafv2_web_acl',
  'data aws_networkmanager_core_network_policy_document',
  'data aws_quicksight_analysis',
];

function schemaOf(kind: BindingKind, type: string): Schema {
  const source = bindingSource(kind, type);
  if (source === undefined) throw new Error(`no ${kind} ${type}`);
  return buildSchema(parseBinding(source));
}

describe('the installed bindings', () => {
  it('tell a schema for every resource and data source, with few known exceptions', () => {
    const failed: string[] = [];
    const names = readdirSync(folder, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && entry.name !== 'provider',
    );
    for (const { name } of names) {
      const kind = name.startsWith('data-aws-') ? 'data' : 'resource';
      const type = `aws_${name.replace(/^data-aws-/, '').replaceAll('-', '_')}`;
      try {
        schemaOf(kind, type);
      } catch {
        failed.push(kind === 'data' ? `data ${type}` : type);
      }
    }
    expect(names.length).toBeGreaterThan(2000);
    expect(failed.sort()).toEqual(NOT_UNDERSTOOD);
  });

  it('tell types, and what is required, optional and computed', () => {
    expect(schemaOf('resource', 'aws_vpc').block.attributes).toMatchObject({
      arn: { type: 'string', computed: true },
      cidr_block: { type: 'string', optional: true, computed: true },
      enable_dns_support: { type: 'bool', optional: true },
      ipv4_netmask_length: { type: 'number', optional: true },
      tags: { type: ['map', 'string'], optional: true },
    });
  });

  it('tell blocks by how often and in which order they occur', () => {
    const { blocks } = schemaOf('resource', 'aws_ecs_service').block;
    expect(blocks.network_configuration).toMatchObject({ nesting: 'list', minItems: 0, maxItems: 1 });
    expect(blocks.load_balancer).toMatchObject({ nesting: 'set', minItems: 0, maxItems: 0 });
    expect(blocks.timeouts).toMatchObject({ nesting: 'single' });
    expect(schemaOf('resource', 'aws_s3_bucket_versioning').block.blocks.versioning_configuration).toMatchObject({
      minItems: 1,
      maxItems: 1,
    });
  });

  it('tell attributes that look like blocks, and the last field of each object', () => {
    const rule = schemaOf('resource', 'aws_security_group').block.attributes.ingress;
    expect(rule).toMatchObject({ optional: true, computed: true });
    expect(rule?.type).toEqual([
      'set',
      ['object', expect.objectContaining({ cidr_blocks: ['list', 'string'], self: 'bool', to_port: 'number' })],
    ]);
    expect(schemaOf('resource', 'aws_vpc_endpoint').block.attributes.dns_entry?.type).toEqual([
      'list',
      ['object', { dns_name: 'string', hosted_zone_id: 'string' }],
    ]);
  });

  it("tell the provider's own configuration, without what cdktf made up", () => {
    const { block } = schemaOf('provider', 'aws');
    expect(block.attributes.allowed_account_ids).toEqual({ type: ['set', 'string'], optional: true });
    expect(block.blocks.default_tags?.block.attributes.tags).toEqual({ type: ['map', 'string'], optional: true });
    expect(block.attributes.alias).toBeUndefined();
  });
});

describe('corrections', () => {
  const schema: Schema = {
    version: 0,
    block: {
      attributes: { password: { type: 'string', optional: true } },
      blocks: {
        rule: {
          nesting: 'list',
          minItems: 0,
          maxItems: 1,
          block: { attributes: { key: { type: 'string' } }, blocks: {} },
        },
      },
    },
  };

  it('say what the bindings lost, also inside blocks', () => {
    const corrected = correctSchema(schema, {
      writeOnly: ['password'],
      sensitive: ['rule.key'],
      sets: ['rule'],
      bounds: { rule: [1, 3] },
    });
    expect(corrected.block.attributes.password).toMatchObject({ writeOnly: true, sensitive: true });
    expect(corrected.block.blocks.rule).toMatchObject({ nesting: 'set', minItems: 1, maxItems: 3 });
    expect(corrected.block.blocks.rule?.block.attributes.key).toMatchObject({ sensitive: true });
  });

  it.each([[{ sensitive: ['none'] }], [{ sets: ['none'] }], [{ sensitive: ['none.key'] }]])(
    'fail when they are about nothing: %j',
    (corrections) => {
      expect(() => correctSchema(schema, corrections)).toThrow('a correction of');
    },
  );
});
