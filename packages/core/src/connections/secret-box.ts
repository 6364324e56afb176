import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { WendError } from "@wend/plugin";

/** Which secret it is; bound into the ciphertext, so that one cannot be moved to another place. */
export interface SecretPlace {
  readonly workspaceId: number;
  /** Whose it is: the id of a connection, or the name of what else keeps one. */
  readonly owner: string;
  readonly field: string;
}

/** A secret as stored: sealed with a key of its own, which is sealed with the operator's. */
export interface SealedSecret {
  readonly v: 1;
  /** Which of the operator's keys: the first 8 hex digits of its SHA-256. */
  readonly kid: string;
  readonly key: string;
  readonly data: string;
}

export interface SecretBox {
  /** The operator has given no key. */
  readonly isLocked: boolean;
  seal(place: SecretPlace, secret: string): SealedSecret;
  open(place: SecretPlace, sealed: SealedSecret): string;
  /**
   * The same secret under the operator's present key: its own key is sealed anew, what that one seals stays as it is.
   * Undefined when it is under the present key already.
   */
  reseal(place: SecretPlace, sealed: SealedSecret): SealedSecret | undefined;
}

/**
 * Seals with the operator's key; opens with that or one of the `previous`, whichever the secret names. Without a key
 * nothing can be sealed or opened: `connection.secret_key_missing`.
 */
export function createSecretBox(operatorKey: Uint8Array | undefined, previous: readonly Uint8Array[] = []): SecretBox {
  const kid = operatorKey && kidOf(operatorKey);
  const opening = new Map([...previous, ...(operatorKey ? [operatorKey] : [])].map((key) => [kidOf(key), key]));
  const keyOf = () => {
    if (!operatorKey) throw new WendError("connection.secret_key_missing");
    return operatorKey;
  };
  const ownKey = (place: SecretPlace, sealed: SealedSecret) => {
    keyOf();
    const operator = opening.get(sealed.kid);
    if (!operator) throw new WendError("connection.secret_key_wrong", { detail: `It needs key ${sealed.kid}.` });
    return decrypt(operator, sealed.key, place);
  };
  return {
    isLocked: operatorKey === undefined,
    seal: (place, secret) => {
      const own = randomBytes(32);
      return {
        v: 1,
        kid: kid ?? "",
        key: encrypt(keyOf(), own, place),
        data: encrypt(own, Buffer.from(secret, "utf8"), place),
      };
    },
    open: (place, sealed) => decrypt(ownKey(place, sealed), sealed.data, place).toString("utf8"),
    reseal: (place, sealed) => {
      if (sealed.kid === kid) return undefined;
      return { ...sealed, kid: kid ?? "", key: encrypt(keyOf(), ownKey(place, sealed), place) };
    },
  };
}

const kidOf = (key: Uint8Array): string => createHash("sha256").update(key).digest("hex").slice(0, 8);

const ivBytes = 12;
const tagBytes = 16;

function encrypt(key: Uint8Array, plain: Uint8Array, place: SecretPlace): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(associated(place));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString("base64");
}

function decrypt(key: Uint8Array, text: string, place: SecretPlace): Buffer {
  const sealed = Buffer.from(text, "base64");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, ivBytes), { authTagLength: tagBytes });
    decipher.setAAD(associated(place)).setAuthTag(sealed.subarray(-tagBytes));
    return Buffer.concat([decipher.update(sealed.subarray(ivBytes, -tagBytes)), decipher.final()]);
  } catch {
    // Without the cause: nothing of the secret may reach a log.
    throw new WendError("connection.secret_key_wrong", { detail: "The stored secret was not sealed for this place." });
  }
}

const associated = ({ workspaceId, owner, field }: SecretPlace) =>
  Buffer.from(JSON.stringify([workspaceId, owner, field]));
