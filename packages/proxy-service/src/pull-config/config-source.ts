import { InputError } from '@loadlab/foundation';

/** Where a config.yaml lives apart from its environment's folder. */
export type ConfigSource =
  | { readonly kind: 'ssm'; readonly name: string }
  | { readonly kind: 's3'; readonly bucket: string; readonly key: string };

const SSM = /^ssm:((?:arn:[\w-]+:ssm:[\w:/.-]+)|\/?[\w./-]+)$/;
const S3 = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(.+)$/;

/** Reads `ssm:NAME` or `s3://BUCKET/KEY`. @throws {InputError} when it is neither */
export function parseConfigSource(text: string): ConfigSource {
  const [, name] = SSM.exec(text) ?? [];
  if (name !== undefined) return { kind: 'ssm', name };
  const [, bucket, key] = S3.exec(text) ?? [];
  if (bucket !== undefined && key !== undefined) return { kind: 's3', bucket, key };
  throw new InputError([
    {
      file: '--from',
      path: '',
      message: `"${text}" names no place for a config.yaml`,
      hint: 'ssm:NAME of a parameter, or s3://BUCKET/KEY',
    },
  ]);
}

/** As a person would write it. */
export function formatConfigSource(source: ConfigSource): string {
  return source.kind === 'ssm' ? `ssm:${source.name}` : `s3://${source.bucket}/${source.key}`;
}
