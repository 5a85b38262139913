import type { RootConfigService } from '@backstage/backend-plugin-api';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import type { ArchiveTarget } from '../types';
import { FolderStorage } from './FolderStorage';
import type { ObjectStorage } from './ObjectStorage';
import { S3Storage } from './S3Storage';

/** Creates the storage of the configuration; connects to nothing. */
export async function createStorage(
  root: RootConfigService,
  target: ArchiveTarget,
): Promise<ObjectStorage> {
  if ('folder' in target) return new FolderStorage(target.folder);
  const manager = DefaultAwsCredentialsManager.fromConfig(root);
  const { sdkCredentialProvider } = await manager.getCredentialProvider(
    target.accountId ? { accountId: target.accountId } : undefined,
  );
  return new S3Storage({ ...target, credentials: sdkCredentialProvider });
}
