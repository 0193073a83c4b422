import { i18n } from "@lingui/core";

const examples = (): readonly string[] => [
  i18n.t("90 minutes, dinner jazz to disco, nothing live, start calm, end dancing, max two per artist"),
  i18n.t("an hour of late night dub, nothing after 1999"),
  i18n.t("45 minutes to run to, 160 to 175 BPM, rising"),
  i18n.t("20 liked songs I haven’t played in the last 6 months"),
];

/** Before the first sentence: what one may look like. */
export function Start({ onPick }: { onPick: (text: string) => void }) {
  return (
    <section className="prompt-start" aria-labelledby="prompt-start">
      <h2 id="prompt-start" className="h-16">
        {i18n.t("Say how long, what it is like, how it begins and ends, and what must not be in it")}
      </h2>
      <p className="t-2">{i18n.t("The list is made from your own tracks alone. Every word becomes a rule that you can change.")}</p>
      <ul>
        {examples().map((one) => (
          <li key={one}>
            <button type="button" onClick={() => onPick(one)}>
              {one}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
