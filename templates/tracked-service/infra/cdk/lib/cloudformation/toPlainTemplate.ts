import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** A synthesised template, with the sections that this file changes. */
export interface SynthesizedTemplate {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly [section: string]: unknown;
}

const CLOSE_DEFAULT_GROUP = path.join(
  import.meta.dirname,
  'closeDefaultSecurityGroup.cjs',
);

/**
 * A template that CloudFormation deploys without the CDK's tools: nothing in it refers to a file that the CDK uploads or
 * to the resources of `cdk bootstrap`.
 *
 * @throws Error that names a function whose code would have to be uploaded.
 */
export function toPlainTemplate({
  Parameters: _bootstrapVersion,
  Rules: _checkOfBootstrapVersion,
  ...template
}: SynthesizedTemplate): SynthesizedTemplate {
  return {
    ...template,
    Resources: Object.fromEntries(
      Object.entries(template.Resources).map(([id, resource]) => [
        id,
        isUploaded(resource) ? withInlineCode(id, resource) : resource,
      ]),
    ),
  };
}

function isUploaded({ Type, Properties }: Resource): boolean {
  const code = Properties?.Code as { S3Bucket?: unknown } | undefined;
  return Type === 'AWS::Lambda::Function' && code?.S3Bucket !== undefined;
}

function withInlineCode(id: string, resource: Resource): Resource {
  if (!id.startsWith('CustomVpcRestrictDefaultSG')) {
    throw new Error(
      `The code of the function ${id} is a file that the CDK would upload: write it into the template in lib/cloudformation`,
    );
  }
  return {
    ...resource,
    Properties: {
      ...resource.Properties,
      Code: { ZipFile: readFileSync(CLOSE_DEFAULT_GROUP, 'utf8') },
      Handler: 'index.handler',
    },
  };
}
