import {
  cloudtraceSecurityReadPermission,
  cloudtraceSecurityTriagePermission,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { EntityAccess } from '../permissions/EntityAccess';
import type { CallOptions } from '../http/types';
import type { ScanService } from './ScanService';

/** Restricts security data to callers who may read it, and triage to callers who may triage. */
export class AuthorizedScanService implements ScanService {
  readonly #inner: ScanService;
  readonly #access: EntityAccess;

  constructor(inner: ScanService, access: EntityAccess) {
    this.#inner = inner;
    this.#access = access;
  }

  async listScans(
    query: Parameters<ScanService['listScans']>[0],
    options: CallOptions,
  ) {
    await this.#check(query.entityRef, options);
    return this.#inner.listScans(query, options);
  }

  async listFindings(
    query: Parameters<ScanService['listFindings']>[0],
    options: CallOptions,
  ) {
    await this.#check(query.entityRef, options);
    return this.#inner.listFindings(query, options);
  }

  async getSummary(
    query: Parameters<ScanService['getSummary']>[0],
    options: CallOptions,
  ) {
    await this.#check(query.entityRef, options);
    return this.#inner.getSummary(query, options);
  }

  async exportFindings(
    query: Parameters<ScanService['exportFindings']>[0],
    options: CallOptions,
  ) {
    await this.#check(query.entityRef, options);
    return this.#inner.exportFindings(query, options);
  }

  async getFinding(
    query: Parameters<ScanService['getFinding']>[0],
    options: CallOptions,
  ) {
    await this.#check(query.entityRef, options);
    return this.#inner.getFinding(query, options);
  }

  async triage(
    request: Parameters<ScanService['triage']>[0],
    options: CallOptions,
  ) {
    // The response contains the finding, so the triage permission alone is not
    // enough.
    await this.#check(request.entityRef, options);
    await this.#access.requireEntity(
      request.entityRef,
      cloudtraceSecurityTriagePermission,
      options.credentials,
    );
    return this.#inner.triage(request, options);
  }

  async #check(entityRef: string, { credentials }: CallOptions) {
    await this.#access.requireEntity(
      entityRef,
      cloudtraceSecurityReadPermission,
      credentials,
    );
  }
}
