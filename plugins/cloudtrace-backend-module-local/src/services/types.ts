import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { LocalServiceStatus } from '../protocol/types';

/** What a caller provides to start a service. */
export interface NewLocalService {
  name: string;
  entityRef: string;
  environment: string;
  /** Absolute folder of the service's repository. */
  directory: string;
}

/** A service on the local fleet as its owner sees it. */
export interface LocalServiceSummary {
  name: string;
  entityRef: string;
  environment: string;
  status: LocalServiceStatus;
  statusMessage?: string;
  /** Address of its load balancer on this machine. */
  url?: string;
}

/** Services on the local fleet. */
export interface LocalServices {
  /**
   * Starts a service, or restarts it from its repository.
   *
   * @throws InputError, ConflictError, ServiceUnavailableError
   */
  start(
    service: NewLocalService,
    options: { credentials: BackstageCredentials },
  ): Promise<LocalServiceSummary>;
  /** @throws NotFoundError, ServiceUnavailableError */
  get(
    name: string,
    options: { credentials: BackstageCredentials },
  ): Promise<LocalServiceSummary>;
}
