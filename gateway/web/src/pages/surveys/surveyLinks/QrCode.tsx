import { useMemo } from "preact/hooks";
import { saveBlob } from "~/parts/save.ts";
import { t } from "~/words/words.ts";
import { codeOf, pngOf, svgOf } from "./qr.ts";

/** The address of a survey as a picture that cameras read. */
export function QrCode({ address }: { address: string }) {
  const code = useMemo(() => codeOf(address), [address]);
  const keepPng = async () => {
    const picture = await pngOf(code);
    if (picture !== null) saveBlob("survey.png", picture);
  };
  return (
    <>
      <svg
        class="qr mt"
        role="img"
        aria-label={t("surveyLinks.qrOf")}
        viewBox={`0 0 ${code.size} ${code.size}`}
      >
        <rect width={code.size} height={code.size} fill="#fff" />
        <path d={code.path} fill="#000" />
      </svg>
      <div class="acts">
        <button class="btn" type="button" onClick={() => saveBlob("survey.svg", svgOf(code))}>
          {t("surveyLinks.asSvg")}
        </button>
        <button class="btn" type="button" onClick={keepPng}>
          {t("surveyLinks.asPng")}
        </button>
      </div>
    </>
  );
}
