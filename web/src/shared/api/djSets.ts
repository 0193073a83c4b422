/** Shapes of DJ sets, from the server's schema as in types.ts. What is sent may leave things out; what is answered has them all. */
import type { components } from "./schema";

type Schemas = components["schemas"];
type Some<T, Needed extends keyof T> = Partial<Omit<T, Needed>> & Pick<T, Needed>;

/** A rule is whatever the rule language says it is. */
export type SetPool = Some<Omit<Schemas["SetPool"], "rule">, "kind"> & { rule?: { [key: string]: unknown } | null };
export type SetLength = Partial<Schemas["SetLength"]>;
export type SetCurve = Partial<Schemas["SetCurve"]>;
export type SetSettings = Schemas["SetSettings"];
export type SlotPlace = Some<Schemas["SlotPlace"], "track_id">;
export type SetSlot = Schemas["SetSlot"];
export type SetJoint = Schemas["SetJoint"];
export type SetLevel = Schemas["SetLevel"];
export type SetStatistics = Schemas["SetStatistics"];
type Asked = { pool: SetPool; length: SetLength; curve: SetCurve };
export type SetItem = Omit<Schemas["SetItem"], "pool"> & Pick<Asked, "pool">;
export type SetDetail = Omit<Schemas["SetDetail"], keyof Asked> & Asked;
export type PoolInfo = Schemas["PoolInfo"];
export type SetProposal = Schemas["SetProposal"];
export type SetRun = Schemas["SetRun"];
export type SlotAlternative = Schemas["SlotAlternative"];
export type MendProposal = Schemas["MendProposal"];
export type SetVersion = Schemas["SetVersion"];
export type MixingTracks = Schemas["MixingTracks"];
