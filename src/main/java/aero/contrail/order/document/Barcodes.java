package aero.contrail.order.document;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.aztec.AztecWriter;
import com.google.zxing.common.BitMatrix;

/** Draws bar codes: Aztec, as boarding passes on telephones and paper have it. */
public final class Barcodes {

  /** The white around it, in modules: some readers need it, though the standard does not ask. */
  private static final int QUIET = 2;

  private Barcodes() {}

  /** An SVG picture that scales to where it is shown. */
  public static String aztecSvg(String text) {
    var modules = aztec(text);
    var side = modules.getWidth() + 2 * QUIET;
    var path = new StringBuilder();
    for (var y = 0; y < modules.getHeight(); y++) {
      for (var x = 0; x < modules.getWidth(); x++) {
        if (modules.get(x, y)) {
          path.append("M%d %dh1v1h-1z".formatted(x + QUIET, y + QUIET));
        }
      }
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges">
    <rect width="%1$d" height="%1$d" fill="#fff"/><path d="%2$s"/></svg>
    """
        .formatted(side, path);
  }

  /** One bit a module. */
  static BitMatrix aztec(String text) {
    return new AztecWriter().encode(text, BarcodeFormat.AZTEC, 0, 0);
  }
}
