import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type sendUnaryData,
  type ServerUnaryCall,
  type ServiceClientConstructor,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import {
  DATA_SOURCES,
  findUnconfigurable,
  inventUnknown,
  markComputed,
  mergeDefaultTags,
} from './behaviour';
import {
  decode,
  decodeObject,
  encode,
  isObject,
  type ObjectValue,
  type WireValue,
} from './dynamicValue';
import { readSchema } from './readSchema';
import { toWireSchema } from './wireSchema';
import type { Block, ProviderSchema } from './schema/types';

/** Attribute values that "somebody changed manually in AWS", by resource type: a refresh finds them there. */
export type Drift = Readonly<Record<string, ObjectValue>>;

interface Diagnostic {
  severity: 'ERROR' | 'WARNING';
  summary: string;
  detail: string;
}

// Every request of the protocol has a subset of these; proto-loader fills in the missing ones.
interface Request {
  type_name: string;
  config: WireValue | null;
  prior_state: WireValue | null;
  proposed_new_state: WireValue | null;
  planned_state: WireValue | null;
  current_state: WireValue | null;
  raw_state: { json: Buffer } | null;
  private: Buffer;
}

const PROVIDER_ADDRESS = 'registry.terraform.io/hashicorp/aws';

/**
 * A process-local Terraform provider with the schema of the AWS provider, but without AWS: Terraform itself parses,
 * validates, plans, applies and refreshes against it, offline. Terraform finds it through `TF_REATTACH_PROVIDERS` (see
 * `environment`).
 */
export class AwsProviderStandIn {
  readonly #schema: ProviderSchema;
  readonly #server: Server;
  readonly #folder: string;
  #defaultTags: ObjectValue = {};
  #serial = 0;

  /** What a refresh reports instead of the stored values; may change between two runs of Terraform. */
  drift: Drift = {};

  private constructor(schema: ProviderSchema, folder: string) {
    this.#schema = schema;
    this.#folder = folder;
    this.#server = new Server({
      'grpc.max_send_message_length': -1,
      'grpc.max_receive_message_length': -1,
    });
  }

  /** Starts it on a UNIX socket in its own folder. */
  static async start(): Promise<AwsProviderStandIn> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'aws-stand-in-'));
    const standIn = new AwsProviderStandIn(await readSchema(), folder);
    await standIn.#listen();
    return standIn;
  }

  /** Name for logs and reports. */
  get description(): string {
    const { provider, package: from } = this.#schema.source;
    return `AWS provider schema stand-in (${provider} from ${from}), not AWS`;
  }

  /** Variables with which `terraform` uses the stand-in. */
  get environment(): Record<string, string> {
    return {
      CHECKPOINT_DISABLE: '1',
      TF_REATTACH_PROVIDERS: JSON.stringify({
        [PROVIDER_ADDRESS]: {
          Protocol: 'grpc',
          ProtocolVersion: 6,
          Pid: process.pid,
          Test: true,
          Addr: { Network: 'unix', String: this.#socket },
        },
      }),
    };
  }

  /** Ends open calls and removes the socket. */
  async stop(): Promise<void> {
    this.#server.forceShutdown();
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #socket(): string {
    return path.join(this.#folder, 'provider.sock');
  }

  async #listen(): Promise<void> {
    const definition = loadPackageDefinition(
      loadSync(path.join(__dirname, 'tfplugin6.proto'), {
        keepCase: true,
        longs: Number,
        enums: String,
        defaults: true,
      }),
    ) as unknown as { tfplugin6: { Provider: ServiceClientConstructor } };
    this.#server.addService(
      definition.tfplugin6.Provider.service,
      Object.fromEntries(
        Object.entries(this.#methods()).map(([name, method]) => [
          name,
          unary(method),
        ]),
      ),
    );
    await new Promise<void>((resolve, reject) => {
      this.#server.bindAsync(
        `unix:${this.#socket}`,
        ServerCredentials.createInsecure(),
        error => (error ? reject(error) : resolve()),
      );
    });
  }

  #methods(): Record<string, (request: Request) => object> {
    return {
      GetProviderSchema: () => ({
        ...toWireSchema(this.#schema),
        server_capabilities: {},
      }),
      ValidateProviderConfig: () => ({}),
      ValidateResourceConfig: request => ({
        diagnostics: this.#validateResource(request),
      }),
      ValidateDataResourceConfig: () => ({}),
      ConfigureProvider: request => this.#configure(request),
      UpgradeResourceState: request => ({
        upgraded_state: encode(decode(request.raw_state)),
      }),
      ReadResource: request => this.#readResource(request),
      PlanResourceChange: request => this.#planResource(request),
      ApplyResourceChange: request => this.#applyResource(request),
      ReadDataSource: request => this.#readDataSource(request),
      StopProvider: () => ({}),
    };
  }

  #validateResource({ type_name: type, config }: Request): Diagnostic[] {
    return findUnconfigurable(
      this.#resource(type),
      decodeObject(config) ?? {},
    ).map(name => ({
      severity: 'ERROR',
      summary: 'Value for unconfigurable attribute',
      detail: `Can't configure a value for "${name}": its value will be decided automatically.`,
    }));
  }

  #configure({ config }: Request): object {
    const blocks = decodeObject(config)?.default_tags;
    const first = Array.isArray(blocks) ? blocks[0] : undefined;
    this.#defaultTags =
      isObject(first) && isObject(first.tags) ? first.tags : {};
    const warning: Diagnostic = {
      severity: 'WARNING',
      summary: 'AWS is simulated',
      detail: `${this.description}. No AWS account was accessed or changed.`,
    };
    return { diagnostics: [warning] };
  }

  #readResource(request: Request): object {
    const state = decodeObject(request.current_state);
    const found = state && { ...state, ...this.drift[request.type_name] };
    return { new_state: encode(found), private: request.private };
  }

  #planResource(request: Request): object {
    const block = this.#resource(request.type_name);
    const proposed = decodeObject(request.proposed_new_state);
    const isNew = decodeObject(request.prior_state) === null;
    if (proposed) {
      mergeDefaultTags(block, proposed, this.#defaultTags);
      if (isNew) markComputed(block, proposed);
    }
    // The schema uses the older type system, like that of the real provider.
    return { planned_state: encode(proposed), legacy_type_system: true };
  }

  #applyResource(request: Request): object {
    const planned = decodeObject(request.planned_state);
    const applied =
      planned &&
      inventUnknown(
        this.#resource(request.type_name),
        planned,
        request.type_name,
        ++this.#serial,
      );
    return { new_state: encode(applied), legacy_type_system: true };
  }

  #readDataSource({ type_name: type, config }: Request): object {
    const block = this.#schema.dataSources[type];
    const answer = DATA_SOURCES[type];
    if (!block || !answer) {
      throw new Error(
        `${this.description}: has no data for data source ${type}`,
      );
    }
    const state = markComputed(block, decodeObject(config) ?? {});
    Object.assign(state, answer);
    return {
      state: encode(inventUnknown(block, state, type, ++this.#serial)),
    };
  }

  #resource(type: string): Block {
    const block = this.#schema.resources[type];
    if (!block) {
      throw new Error(`${this.description}: has no schema for ${type}`);
    }
    return block;
  }
}

/** A method as gRPC calls it; a thrown error becomes an error that Terraform prints. */
function unary(method: (request: Request) => object) {
  return (
    call: ServerUnaryCall<Request, object>,
    callback: sendUnaryData<object>,
  ) => {
    try {
      callback(null, method(call.request));
    } catch (error) {
      callback({
        name: 'Error',
        message: error instanceof Error ? error.message : String(error),
      });
    }
  };
}
