/**
 * A single answer of the form.
 * @public
 */
export type OptionValue = string | number | boolean;

/**
 * Answers by option name, as the form sends them.
 * @public
 */
export type OptionValues = Record<string, OptionValue>;

/**
 * True if, for every named option, the answer is one of the listed values.
 * @public
 */
export type OptionConditions = Record<string, readonly OptionValue[]>;

/**
 * One choice of an option with a closed list of values.
 * @public
 */
export interface OptionChoice {
  value: OptionValue;
  /** What the form shows for the value. */
  title: string;
}

/**
 * A default that depends on other answers.
 * @public
 */
export interface ConditionalDefault {
  when: OptionConditions;
  default: OptionValue;
}

/**
 * What a template asks for one option.
 * @public
 */
export interface OptionDefinition {
  title: string;
  /** What the choice provides and costs, in a sentence or two. */
  description: string;
  type: 'string' | 'integer' | 'boolean';
  /** Must be answered; every other option has a default or may stay empty. */
  required?: boolean;
  default?: OptionValue;
  /**
   * Defaults that depend on options before this one; the first whose conditions
   * hold replaces `default`. The form leaves such an option open.
   */
  defaults?: readonly ConditionalDefault[];
  choices?: readonly OptionChoice[];
  /** JavaScript regular expression that the whole answer must match. */
  pattern?: string;
  /** What the pattern means, for the user whose answer does not match. */
  patternReason?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  /**
   * The option applies only under these conditions; otherwise its answer is
   * dropped, because forms still send fields that were hidden again.
   */
  appliesWhen?: OptionConditions;
}

/**
 * An allowed or forbidden combination, with the reason for the user. Exactly
 * one of `allow`, `require` and `atMost` states the rule.
 * @public
 */
export interface OptionRule {
  /** The rule applies only under these conditions; always, if absent. */
  when?: OptionConditions;
  /** The named options must have one of these values. */
  allow?: OptionConditions;
  /** The named options must be answered. */
  require?: readonly string[];
  /** The first option must not be greater than the second. */
  atMost?: readonly [lower: string, upper: string];
  reason: string;
}

/**
 * A folder of the template and where its content goes in the generated repository.
 * @public
 */
export interface TemplateLayer {
  /** Path relative to the template file, such as `./features/drill`. */
  source: string;
  /** Path relative to the root of the generated repository. */
  target: string;
  when?: OptionConditions;
}

/**
 * What an optional part of the infrastructure contributes to the rest:
 * environment variables and permissions of the service, alarms, or rules of
 * security groups.
 * @public
 */
export type TemplatePartHook =
  | 'environment'
  | 'permissions'
  | 'alarms'
  | 'rules';

/**
 * Infrastructure that exists only under some conditions. Its files are layers;
 * generated code that lists the parts of a repository reads `values.parts`.
 * @public
 */
export interface TemplatePart {
  /** One lower-case word, because it becomes part of names in code. */
  name: string;
  /** Its folder in `features`, if that is not its name. */
  folder?: string;
  when: OptionConditions;
  /** What it contributes. */
  hooks: readonly TemplatePartHook[];
}

/**
 * A value looked up by an answer, such as the names of a region's zones.
 * @public
 */
export interface OptionLookup {
  /** The option whose answer is the key. */
  by: string;
  /** An integer option that limits how many entries are used. */
  take?: string;
  table: Record<string, readonly string[]>;
}

/**
 * Everything a template defines about its options. Stored as
 * `options.generated.json` next to the template, so that the rules always have
 * the version of their template.
 * @public
 */
export interface TemplateOptions {
  template: string;
  /** Semantic version of the template. */
  version: string;
  options: Record<string, OptionDefinition>;
  rules: readonly OptionRule[];
  layers: readonly TemplateLayer[];
  /** Optional parts of the infrastructure, in the order of their creation. */
  parts?: readonly TemplatePart[];
  lookups: Record<string, OptionLookup>;
}

/**
 * One reason why a set of answers is rejected.
 * @public
 */
export interface OptionProblem {
  option: string;
  reason: string;
}
