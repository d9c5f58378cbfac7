"""What annual reports say, in English, Chinese and Urdu."""
