import type { EventSigner } from './event-chain.ts';
import { IdentityError } from './identity.ts';
import type { IdentityFile } from './identity-file.ts';

/** Signs events with the identity as it is now. Null while it cannot be read: an event is recorded all the same. */
export function identitySigner(identity: IdentityFile): () => EventSigner | null {
  return () => {
    try {
      return identity.current();
    } catch (error) {
      if (error instanceof IdentityError) return null;
      throw error;
    }
  };
}
