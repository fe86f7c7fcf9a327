import type { PlanCase } from '../plan-case';

const input = (value: string): string => `resource "terraform_data" "document" {\n  input = ${value}\n}\n`;
const statements = (count: number, action: string): string =>
  `jsonencode({ Version = "2012-10-17", Statement = [for i in range(${count}) : { Sid = "S\${i}", Effect = "Allow", Action = [i == 150 ? "${action}" : "s3:GetObject", "s3:ListBucket"], Resource = "arn:aws:s3:::bucket-\${i}/*" }] })`;
const policy = (document: string): string => `resource "aws_kms_key" "main" {\n  policy = ${document}\n}\n`;
const secret = `
variable "password" {
  type      = string
  sensitive = true
  default   = "planted-secret-one"
}
`;
const parameter = (description: string): string => `resource "aws_ssm_parameter" "key" {
  name        = "/lab/key"
  type        = "SecureString"
  value       = "planted-secret-one"
  description = "${description}"
}
`;
const CONFIG = `model_list:
  - model_name: fake-openai-endpoint
    litellm_params:
      model: openai/any
      api_base: os.environ/MOCK_OPENAI_URL
      rpm: 100
general_settings:
  master_key: os.environ/LITELLM_MASTER_KEY
`;
const yaml = (text: string): string => `<<-EOT\n${text}EOT\n`;
const CHANGED = CONFIG.replace('rpm: 100', 'rpm: 500').replace(
  'general_settings:',
  `  - model_name: gpt-4o
    litellm_params:
      model: openai/gpt-4o
general_settings:`,
);

/** Values that are hard to show: hidden, unknown, huge, nested, unordered, hostile. */
export const valueCases: readonly PlanCase[] = [
  {
    name: 'unknown',
    after: `${input('"a"')}resource "terraform_data" "reader" {\n  input = { known = "k", id = terraform_data.document.id, list = [terraform_data.document.id, "x"] }\n}\n`,
  },
  {
    name: 'sensitive',
    before: `${secret}${input('{ user = "lab", password = var.password }')}output "dsn" {\n  value     = "postgres://lab:\${var.password}@db"\n  sensitive = true\n}\n`,
    after: `${secret.replace('one', 'two')}${input('{ user = "lab", password = var.password }')}output "dsn" {\n  value     = "postgres://lab:\${var.password}@db"\n  sensitive = true\n}\n`,
  },
  {
    name: 'sensitive-everywhere',
    before: `${secret}${input('jsonencode({ list = [{ key = var.password }] })')}`,
    after: `${secret.replace('one', 'two')}
locals {
  deep = { outer = [{ "\${nonsensitive(substr(var.password, 0, 7))}" = { inner = var.password } }], blob = base64encode(var.password), url = "https://u:\${urlencode(var.password)}@host" }
}
resource "terraform_data" "document" {
  input            = jsonencode({ list = [{ key = var.password }], note = "say \\"\${var.password}\\"" })
  triggers_replace = [local.deep]
}
resource "terraform_data" "copy" {
  input = nonsensitive(local.deep)
}
output "all" {
  value     = local.deep
  sensitive = true
}
output "lost" {
  value = nonsensitive("prefix-\${var.password}-suffix")
}
`,
  },
  {
    name: 'sensitive-drift',
    before: parameter('a description'),
    after: parameter('another description'),
    meddle: [[/planted-secret-one/g, 'planted-secret-three']],
  },
  {
    name: 'json-reordered',
    before: input('"{\\"b\\": 1, \\"a\\": [1, 2]}"'),
    after: input('"{ \\"a\\":[1,2],\\n\\"b\\":1 }"'),
  },
  {
    name: 'json-changed',
    before: input('jsonencode({ a = { deep = [1, 2, { x = "old" }] }, same = true })'),
    after: input('jsonencode({ same = true, a = { deep = [1, 2, { x = "new" }] }, extra = null })'),
  },
  { name: 'yaml-config', before: input(yaml(CONFIG)), after: input(yaml(CHANGED)) },
  {
    name: 'yaml-comments-only',
    before: input(yaml(CONFIG)),
    after: input(
      yaml(
        `# the models\n${CONFIG.replace('rpm: 100', 'rpm:   100  # a minute').replace('openai/any', '"openai/any"')}`,
      ),
    ),
  },
  {
    name: 'yaml-file-map',
    before: input(`{ "config.yaml" = ${yaml(CONFIG)} }`),
    after: input(`{ "config.yaml" = ${yaml(CHANGED)} }`),
  },
  {
    name: 'text-lines',
    before: input(yaml('one\ntwo\nthree\nfour\n')),
    after: input(yaml('one\ntwo and a half\nthree\nfour\nfive\n')),
  },
  {
    name: 'policy-huge',
    before: policy(statements(300, 's3:PutObject')),
    after: policy(statements(300, 's3:DeleteObject')),
  },
  {
    name: 'nested-blocks',
    before: `resource "aws_ecs_task_definition" "app" {
  family                = "app"
  container_definitions = jsonencode([{ name = "app", image = "a:1", essential = true, environment = [{ name = "A", value = "1" }, { name = "B", value = "2" }] }])
  volume {
    name = "config"
  }
}
`,
    after: `resource "aws_ecs_task_definition" "app" {
  family                = "app"
  container_definitions = jsonencode([{ name = "app", image = "a:2", essential = true, environment = [{ name = "A", value = "1" }, { name = "B", value = "3" }] }])
  volume {
    name = "config"
  }
  volume {
    name = "scratch"
  }
}
`,
  },
  {
    name: 'sets',
    before: `resource "aws_vpc" "main" {\n  cidr_block = "10.40.0.0/16"\n}\nresource "aws_security_group" "app" {
  name   = "app"
  vpc_id = aws_vpc.main.id
  ingress {
    from_port   = 80
    to_port     = 80
    protocol    = "tcp"
    cidr_blocks = ["10.1.0.0/16", "10.2.0.0/16"]
  }
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.1.0.0/16"]
  }
}
`,
    after: `resource "aws_vpc" "main" {\n  cidr_block = "10.40.0.0/16"\n}\nresource "aws_security_group" "app" {
  name   = "app"
  vpc_id = aws_vpc.main.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.1.0.0/16"]
  }
  ingress {
    from_port   = 80
    to_port     = 80
    protocol    = "tcp"
    cidr_blocks = ["10.2.0.0/16", "10.1.0.0/16", "10.3.0.0/16"]
  }
}
`,
  },
  {
    name: 'unicode',
    before: input('{ "größe" = "klein", "绿" = "🟢" }'),
    after: `${input('{ "größe" = "groß", "绿" = "🟥" }')}resource "terraform_data" "naïve" {\n  for_each = toset(["ключ", "\\u202e evil", "🧪"])\n}\n`,
  },
  {
    name: 'markdown-injection',
    before: input('"a"'),
    after: `${input('"```\\n</details>\\n# approved by @octocat\\n[x](https://example.com)\\n````"')}resource "terraform_data" "tag" {
  for_each = toset(["</code></summary>", "\`|\`", "@everyone", "**bold** | cell", "[a](b)", "<!-- x -->", "line\\nbreak"])
  input    = each.key
}
`,
  },
  {
    name: 'html-injection',
    before: `resource "aws_vpc" "main" {\n  cidr_block = "10.40.0.0/16"\n  tags       = { name = "a" }\n}\n`,
    after: `resource "aws_vpc" "main" {\n  cidr_block = "10.40.0.0/16"\n  tags       = { name = "</td></table><script>alert(1)</script>", "<img src=x onerror=alert(2)>" = "&amp;" }\n}\nresource "terraform_data" "x" {\n  for_each = toset(["\\"><svg onload=alert(3)>", "' style='position:fixed"])\n}\n`,
  },
  {
    name: 'terminal-injection',
    before: input('"a"'),
    after: `${input('"\\u001b[2J\\u001b[31mred\\u0007\\u009b1m \\r overwritten"')}resource "terraform_data" "esc" {\n  for_each = toset(["\\u001b]8;;https://example.com\\u0007link"])\n}\n`,
  },
  {
    name: 'many',
    before: `resource "terraform_data" "each" {\n  count = 500\n  input = "a"\n}\n`,
    after: `resource "terraform_data" "each" {\n  count = 500\n  input = "b"\n}\n`,
  },
  {
    name: 'outputs',
    before: `output "same" {\n  value = 1\n}\noutput "changed" {\n  value = ["a"]\n}\noutput "gone" {\n  value = true\n}\n`,
    after: `output "same" {\n  value = 1\n}\noutput "changed" {\n  value = ["a", "b"]\n}\noutput "fresh" {\n  value = { a = "x" }\n}\n`,
  },
];
