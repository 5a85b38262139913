import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { cloudFormationTags } from '../../src/tools/cloudFormationTags';
import type { Statement } from './isAllowed';

/** Account of all test stacks. */
export const ACCOUNT = '111111111111';
/** Region of all test stacks. */
export const REGION = 'eu-central-1';

const CI = path.resolve(__dirname, '../../ci');

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
};

type Resource = {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties: any;
};

/** A template of `infra/bootstrap` with its parameters, as CloudFormation would create it. */
export class BootstrapStack {
  readonly #template: any;
  readonly #parameters: Readonly<Record<string, string>>;

  /** @param file - below `ci/` */
  constructor(file: string, parameters: Readonly<Record<string, string>>) {
    this.#template = parse(readFileSync(path.join(CI, file), 'utf8'), {
      customTags: cloudFormationTags,
    });
    this.#parameters = { ...this.#defaults(), ...parameters };
  }

  /** Patterns of a parameter, for tests of what it rejects. */
  pattern(parameter: string): RegExp {
    return new RegExp(this.#template.Parameters[parameter].AllowedPattern);
  }

  /** Whether the stack has a resource with these parameters. */
  has(name: string): boolean {
    const { Condition } = this.#template.Resources[name] as Resource;
    return !Condition || this.#holds({ Condition });
  }

  /** The properties of a resource, with all functions resolved. */
  properties(name: string): any {
    return this.#resolve(this.#template.Resources[name].Properties);
  }

  /** Statements of all policies that a role gets from this stack. */
  statementsOf(roleName: string): Statement[] {
    return this.#policies().flatMap(({ roles, document }) =>
      roles.includes(roleName) ? document.Statement : [],
    );
  }

  #policies() {
    return Object.entries<Resource>(this.#template.Resources)
      .filter(([name]) => this.has(name))
      .flatMap(([name, { Type }]) => {
        const properties = this.properties(name);
        if (Type === 'AWS::IAM::Role') {
          return (properties.Policies ?? []).map((policy: any) => ({
            roles: [properties.RoleName],
            document: policy.PolicyDocument,
          }));
        }
        return properties.PolicyDocument && Type.startsWith('AWS::IAM')
          ? [
              {
                roles: [properties.RoleName, properties.Roles].flat(),
                document: properties.PolicyDocument,
              },
            ]
          : [];
      });
  }

  #defaults(): Record<string, string> {
    return Object.fromEntries(
      Object.entries<{ Default?: unknown }>(this.#template.Parameters).flatMap(
        ([name, { Default }]) =>
          Default === undefined ? [] : [[name, String(Default)]],
      ),
    );
  }

  #resolve(value: any): any {
    if (Array.isArray(value)) return value.map(item => this.#resolve(item));
    if (typeof value !== 'object' || value === null) return value;
    const [[key, argument], ...others] = Object.entries<any>(value);
    if (others.length === 0) {
      switch (key) {
        case 'Ref':
          return this.#reference(argument);
        case 'Fn::GetAtt':
          return this.#attribute(argument.join('.'));
        case 'Fn::Sub':
          return this.#substitute(argument);
        case 'Fn::Join':
          return [this.#resolve(argument[1])]
            .flat()
            .join(this.#resolve(argument[0]));
        case 'Fn::If':
          return this.#resolve(
            this.#holds({ Condition: argument[0] }) ? argument[1] : argument[2],
          );
        default:
      }
    }
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, this.#resolve(item)]),
    );
  }

  #holds(condition: any): boolean {
    const [[key, argument]] = Object.entries<any>(condition);
    switch (key) {
      case 'Condition':
        return this.#holds(this.#template.Conditions[argument]);
      case 'Fn::Equals':
        return this.#resolve(argument[0]) === this.#resolve(argument[1]);
      case 'Fn::Not':
        return !this.#holds(argument[0]);
      case 'Fn::And':
        return argument.every((item: any) => this.#holds(item));
      default:
        throw new Error(`Unknown condition ${key}`);
    }
  }

  #substitute(argument: string | [string, Record<string, any>]): string {
    const [text, values] = [argument].flat() as [string, Record<string, any>?];
    return text.replace(/\$\{([\w:.]+)\}/g, (_whole, name: string) =>
      values && name in values
        ? this.#resolve(values[name])
        : this.#reference(name),
    );
  }

  #reference(name: string): string {
    if (name.includes('.')) return this.#attribute(name);
    const value = PSEUDO_PARAMETERS[name] ?? this.#parameters[name];
    if (value !== undefined) return value;
    const resource: Resource | undefined = this.#template.Resources[name];
    if (!resource) throw new Error(`Nothing is named ${name}`);
    return resource.Type === 'AWS::IAM::Role'
      ? this.properties(name).RoleName
      : this.#attribute(`${name}.Arn`);
  }

  #attribute(text: string): string {
    const [name] = text.split('.');
    const { Type } = this.#template.Resources[name] as Resource;
    const properties = this.properties(name);
    switch (Type) {
      case 'AWS::ECR::Repository':
        return `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/${properties.RepositoryName}`;
      case 'AWS::S3::Bucket':
        return `arn:aws:s3:::${properties.BucketName ?? name.toLowerCase()}`;
      case 'AWS::IAM::Role':
        return `arn:aws:iam::${ACCOUNT}:role/${properties.RoleName ?? name}`;
      case 'AWS::IAM::ManagedPolicy':
        return `arn:aws:iam::${ACCOUNT}:policy/${properties.ManagedPolicyName}`;
      case 'AWS::IAM::OIDCProvider':
        return `arn:aws:iam::${ACCOUNT}:oidc-provider/${
          this.#parameters.OidcIssuer
        }`;
      default:
        throw new Error(`No attribute of ${Type}`);
    }
  }
}
