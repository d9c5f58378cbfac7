"""research follows the outcomes of the exchange until a partner hospital uses them."""
