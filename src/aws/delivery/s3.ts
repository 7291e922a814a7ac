import { createReadStream } from 'node:fs';
import {
  GetBucketEncryptionCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  type ServerSideEncryption,
} from '@aws-sdk/client-s3';
import { succeeded } from '../../pacing/call-result.ts';
import type { Encryption, ObjectStore } from '../../ports/delivery.ts';
import { clientConfig, pacedRequests, type DeliveryAccess } from './access.ts';

/** A tenth of what the service takes for a prefix: 3,500 writes and 5,500 reads a second (S3 user guide, "Best practices design patterns"). */
const perSecond = 350;

/** By the caller's credentials; a bucket in another region is found by the redirection that the service answers with. */
export function objectStore(access: DeliveryAccess, bucket: string): ObjectStore {
  const identity = access.identityIn(access.callerAccountId);
  const config = clientConfig(access, 's3', identity, access.homeRegion);
  const client = new S3Client({ ...config, followRegionRedirects: true, forcePathStyle: 'endpoint' in config });
  const request = pacedRequests(access, identity, client, { perSecond, name: `s3/${bucket}` });
  return {
    bucket,
    async encryption() {
      const found = await request(
        's3:GetEncryptionConfiguration',
        () => client.send(new GetBucketEncryptionCommand({ Bucket: bucket })),
        ({ ServerSideEncryptionConfiguration: configuration }): Encryption => {
          const rule = configuration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
          return { algorithm: rule?.SSEAlgorithm ?? null, keyId: rule?.KMSMasterKeyID ?? null };
        },
      );
      const isUnsaid = !found.ok && found.failure.name === 'ServerSideEncryptionConfigurationNotFoundError';
      return isUnsaid ? succeeded({ algorithm: null, keyId: null }) : found;
    },
    async putNew({ key, file, bytes, sha256 }, encryption) {
      const put = await request(
        's3:PutObject',
        () =>
          client.send(
            new PutObjectCommand({
              Bucket: bucket,
              Key: key,
              // A stream is used up by one attempt.
              Body: createReadStream(file),
              ContentLength: bytes,
              ChecksumSHA256: sha256,
              IfNoneMatch: '*',
              ...headersOf(encryption),
            }),
          ),
        () => true,
      );
      return !put.ok && (put.failure.status === 412 || put.failure.name === 'PreconditionFailed')
        ? succeeded(false)
        : put;
    },
    head: (key) =>
      request(
        's3:GetObject',
        () => client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' })),
        ({ ContentLength: bytes = null, ChecksumSHA256: sha256 = null, ServerSideEncryption: algorithm = null }) => ({
          bytes,
          sha256,
          algorithm,
        }),
      ),
  };
}

/** Said again to the bucket, since its policy may refuse what does not say it. */
function headersOf({ algorithm, keyId }: Encryption) {
  if (algorithm === null) return {};
  return {
    ServerSideEncryption: algorithm as ServerSideEncryption,
    ...(keyId === null || !algorithm.startsWith('aws:kms') ? {} : { SSEKMSKeyId: keyId }),
  };
}
